import { CancellationScope } from '@temporalio/workflow';
import { failure, type Failure } from '../../contracts/failures';
import type { Manifest } from '../../contracts/manifest';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { noUsage } from '../../contracts/usage';
import { activities } from './call';
import { issuesOf } from '../../contracts/issues';
import type { Execution, Handover } from './execution';
import { expectedFailure, record } from './failing';
import { Journal } from './journal';
import { Ledger } from './ledger';
import { notPure } from './purity';
import { tellIdentity, tellState } from './story';
import { Turns } from './turns';

/** What a workflow execution starts from. */
export interface Start {
  readonly input: unknown;
  readonly handover: Handover | undefined;
}

/** Parses the input and makes the live state of an execution; a run that cannot begin has changed nothing. */
export async function beginExecution(
  process: ProcessDescription,
  { input, handover }: Start,
): Promise<{ readonly execution: Execution; readonly input: unknown } | RunResult> {
  const parsed = process.input.safeParse(input);
  if (!parsed.success) {
    return notBegun(failure('InvalidInput', `The input does not fit ${process.name}: ${issuesOf(parsed.error)}`));
  }
  try {
    const manifest = handover?.manifest ?? (await loadManifest());
    const execution = executionOf(process, manifest, handover);
    tellIdentity(execution);
    tellState(execution);
    return { execution, input: parsed.data };
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected === undefined) throw error;
    return notBegun(expected);
  }
}

function loadManifest(): Promise<Manifest> {
  return activities.loadManifest.executeWithOptions({ activityId: 'manifest', summary: 'manifest' }, []);
}

function notBegun(reason: Failure): RunResult {
  return { outcome: 'rolledBack', failure: record(reason), usage: noUsage, effects: [] };
}

function executionOf(process: ProcessDescription, manifest: Manifest, handover: Handover | undefined): Execution {
  const journal = new Journal(handover?.entries ?? []);
  const execution: Execution = {
    process,
    manifest,
    journal,
    ledger: new Ledger(
      process.budget,
      journal.entries.map(({ usage }) => usage),
    ),
    startedAt: handover?.startedAt ?? Date.now(),
    inFlight: new Map(),
    leftOut: [],
    refused: [...(handover?.refused ?? [])],
    held: [],
    turns: new Turns(journal.entries.filter(({ turn }) => turn !== undefined).length),
    caughtUp: Promise.resolve(),
    callsInFlight: 0,
    stepsEntered: 0,
    handingOver: false,
    stopped: undefined,
  };
  void CancellationScope.current().cancelRequested.catch(() => {
    execution.stopped ??= failure('Cancelled', 'The run was cancelled.');
  });
  if (handover !== undefined) execution.caughtUp = catchUp(execution);
  return execution;
}

/** Resolves when a pass over a handed-over journal has claimed every answer in the order in which they first came. */
async function catchUp(execution: Execution): Promise<void> {
  const inOrder = execution.journal.entries
    .filter(({ turn }) => turn !== undefined)
    .sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  await execution.turns.repeat(inOrder.map(({ step }) => step));
  execution.stopped ??= notPure(execution);
}
