import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { readModelTable } from '../../src/activities/models/read-model-table';
import { decide } from '../../src/client/decisions';
import { cancelRun, journalOf, resultOfRun, viewRun } from '../../src/client/runs';
import { loadConfig } from '../../src/config';
import { Contract } from '../../src/contracts/clause';
import type { Decision } from '../../src/contracts/decision';
import type { JournalEntry } from '../../src/contracts/journal';
import type { RunResult } from '../../src/contracts/outcome';
import type { RunView, WaitingView } from '../../src/contracts/run-view';
import type { EvaluationRequest } from '../evaluation';
import { foreseenCalls, type ForeseenCalls } from './foreseen-calls';
import type { Installation } from './installation';
import type { EscalationPolicy, WeakModelOptions } from './weak-model-options';

/** A contract review that has ended. */
export interface ReviewByModel {
  readonly result: RunResult;
  readonly view: RunView;
  readonly entries: readonly JournalEntry[];
  readonly foreseen: ForeseenCalls;
  /** The contract's text as the agents read it. */
  readonly text: string;
  readonly minutes: number;
}

const runId = 'weak-model';
const lookEveryMs = 2_000;
const sayEveryMs = 60_000;

/** Reviews a contract through the command line and decides by policy whatever waits for a person. */
export async function reviewByModel(
  { client, artifacts, run }: Installation,
  options: WeakModelOptions,
  { dataDir, say }: { readonly dataDir: string; readonly say: EvaluationRequest['say'] },
): Promise<ReviewByModel> {
  const name = basename(options.document);
  const document = await artifacts.put(await readFile(options.document), { mediaType: 'text/plain', name });
  const input = join(dataDir, 'weak-model-input.json');
  await writeFile(input, JSON.stringify({ document, categories: options.categories }));
  const startedAt = Date.now();
  await run('run', 'contract-review', '--input', input, '--id', runId);
  const contract = await contractOf(client);
  const table = await readModelTable(loadConfig(process.env).modelTableFile);
  const foreseen = await foreseenCalls(contract, options, { table, artifacts });
  const { sections, parts, extractions } = foreseen;
  say(
    `${name}: ${sections} sections in ${parts} parts for ${options.model}; ` +
      `${options.categories.length} categories make at least ${extractions} requests for clauses`,
  );
  const result = await ended(client, options, say);
  return {
    ...{ result, foreseen, view: await viewRun(client, runId), entries: await journalOf(client, runId) },
    text: Buffer.from(await artifacts.get(contract.text)).toString('utf8'),
    minutes: (Date.now() - startedAt) / 60_000,
  };
}

async function contractOf(client: Client): Promise<Contract> {
  for (;;) {
    const read = (await journalOf(client, runId)).find(({ question }) => question.name === 'readContract');
    if (read?.state === 'answered') return Contract.parse(read.answer);
    if (read?.state === 'failed') throw new Error(`The contract was not read: ${read.failure?.message ?? ''}`);
    await wait(lookEveryMs);
  }
}

/** Follows the run to its end. One that takes too long is cancelled, which has an outcome, too. */
async function ended(
  client: Client,
  { escalations, minutes }: WeakModelOptions,
  say: EvaluationRequest['say'],
): Promise<RunResult> {
  const lateAt = Date.now() + minutes * 60_000;
  let saidAt = Date.now();
  let isCancelled = false;
  for (;;) {
    const result = await resultOfRun(client, runId);
    if (result !== undefined) return result;
    const { waiting, usage, steps } = await viewRun(client, runId);
    for (const one of waiting) await decide(client, runId, decisionOn(one, escalations));
    if (Date.now() > lateAt && !isCancelled) {
      isCancelled = await cancelRun(client, runId);
      say(`cancelled after ${minutes} minutes`);
    }
    if (Date.now() - saidAt > sayEveryMs) {
      saidAt = Date.now();
      const done = steps.filter(({ state }) => state !== 'asked').length;
      say(`${done} of ${steps.length} steps asked so far are done, ${usage.calls} calls, ${usage.tokens} tokens`);
    }
    await wait(lookEveryMs);
  }
}

/** What the process itself asks is approved. An effect in doubt is tried again: the systems are the folder's own. */
function decisionOn({ step, shown, offers }: WaitingView, escalations: EscalationPolicy): Decision {
  const bound = { step, shown, actor: 'policy' };
  if (offers.includes('tryAgain')) return { decision: 'tryAgain', ...bound };
  const isEscalation = offers.includes('retry');
  if (offers.includes('approve') && (!isEscalation || escalations === 'approve'))
    return { decision: 'approve', ...bound };
  return { decision: 'reject', comment: 'No usable output.', ...bound };
}
