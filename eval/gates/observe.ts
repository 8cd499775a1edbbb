import { WorkflowFailedError } from '@temporalio/client';
import { agents } from '../../src/agents';
import type { Model } from '../../src/activities/models/model';
import { chanceOf } from '../../src/build/shop/chance';
import type { Services } from '../../src/activities/services';
import { Artifact } from '../../src/contracts/artifact';
import { canonicalJson } from '../../src/contracts/json';
import type { RunResult } from '../../src/contracts/outcome';
import type { RunView } from '../../src/contracts/run-view';
import type { Verdict } from '../../src/contracts/verdict';
import { decideUpdate, runViewQuery } from '../../src/workflows/messages';
import { falsify } from './falsify';
import { openArtifacts } from './open-artifacts';
import type { Interception, Place, RunWorld } from './run-world';
import { sitesOf } from './sites';
import type { Subject, SubjectInput, Systems } from './subject';
import type { Delivery, Objection, Observed, Trial } from './trial';

/** An agent's output in an honest run, by the step that asked. */
export interface HonestOutput {
  readonly agent: string;
  readonly step: string;
  readonly output: unknown;
}

/** A run under observation. */
interface Watch {
  readonly trial: Trial | undefined;
  readonly others: readonly unknown[];
  readonly systems: Systems | undefined;
  readonly outputs: HonestOutput[];
  readonly objections: Objection[];
  readonly effects: Map<string, { readonly tool: string; readonly input: unknown }>;
  readonly shown: unknown[];
  falsified?: { readonly output: unknown; readonly canonical: string; readonly what: string } | undefined;
}

/** Runs processes with a falsehood or without, and tells what came of it. */
export interface Observer {
  readonly interception: Interception;
  observe(
    subject: Subject,
    input: SubjectInput,
    seeding?: { readonly trial: Trial; readonly others: readonly unknown[] },
  ): Promise<Observed & { readonly outputs: readonly HonestOutput[] }>;
}

const runMsMax = 120_000;
const looksMax = 200;

export function observerIn(world: RunWorld): Observer {
  const watches = new Map<string, Watch>();
  let runs = 0;
  // A child run works for the run whose id its own begins with.
  const watchOf = (runId: string): Watch | undefined =>
    watches.get(runId) ?? [...watches].find(([id]) => runId.startsWith(`${id}/`) || runId.startsWith(`${id}.`))?.[1];
  return {
    interception: interceptionOf(world, watchOf),
    async observe(subject, { input }, seeding) {
      const systems = await subject.ownSystems?.(world.services);
      const runId = `${subject.name}-gates-${++runs}`;
      const watch: Watch = {
        ...{ trial: seeding?.trial, others: seeding?.others ?? [], systems },
        ...{ outputs: [], objections: [], effects: new Map(), shown: [] },
      };
      watches.set(runId, watch);
      try {
        const handle = await world.client.workflow.start(subject.name, {
          ...{ taskQueue: world.taskQueue, workflowId: runId, args: [input] },
          workflowExecutionTimeout: runMsMax,
        });
        const result = await ended(handle.result());
        const view = await handle.query<RunView>(runViewQuery);
        const delivered = {
          value: 'value' in result ? result.value : null,
          effects: standing(watch, view),
          state: (await systems?.state()) ?? null,
        };
        return {
          ...{ result, objections: watch.objections, outputs: watch.outputs },
          delivery: await flattened(delivered, world.services),
          shown: await flattened(watch.shown, world.services),
          ...(watch.falsified === undefined ? {} : { falsehood: watch.falsified.what }),
        };
      } finally {
        watches.delete(runId);
        await systems?.close();
      }
    },
  };
}

/** What a run came to; one that did not end in time was stopped by that. */
async function ended(running: Promise<unknown>): Promise<RunResult> {
  try {
    return (await running) as RunResult; // what conduct returns
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { message } = error.cause ?? error;
    const usage = { tokens: 0, costMicroUsd: 0, calls: 0 };
    return { outcome: 'needsRepair', failure: { type: 'StepFailed', message, details: {} }, usage, effects: [] };
  }
}

function interceptionOf(world: RunWorld, watchOf: (runId: string) => Watch | undefined): Interception {
  return {
    servicesOf: (runId) => watchOf(runId)?.systems?.services ?? world.services,
    async answer(honest, request, place) {
      const answer = await honest(request);
      const watch = watchOf(place.runId);
      if (watch === undefined) return answer;
      watch.outputs.push({ agent: request.name, step: place.step, output: answer.output });
      const isSeeded = watch.trial?.step === place.step && place.attempt === 1;
      if (!isSeeded) return answer;
      watch.falsified ??= await falsifiedOf(watch, request, { output: answer.output, services: world.services });
      return { ...answer, output: watch.falsified?.output ?? answer.output };
    },
    activities: (honest, placeOf) => ({
      ...honest,
      async callAgent(call) {
        const place = placeOf();
        const watch = watchOf(place.runId);
        noteFunction(watch, place, call.feedback);
        const answer = await honest.callAgent(call);
        noteRule(watch, place, answer);
        if (agents[call.agent as keyof typeof agents].isReviewer === true) noteReviewer(watch, call, answer.output);
        return answer;
      },
      async callTool(call) {
        const answer = await honest.callTool(call);
        watchOf(placeOf().runId)?.effects.set(call.idempotencyKey, { tool: call.tool, input: call.input });
        return answer;
      },
      async notify(notice) {
        const { runId } = placeOf();
        const watch = watchOf(runId);
        if (watch !== undefined && notice.reason === 'asked') await approve(world, runId, { watch, step: notice.step });
      },
    }),
  };
}

async function falsifiedOf(
  { trial, others }: Watch,
  { agent }: Parameters<Model>[0],
  { output, services }: { readonly output: unknown; readonly services: Services },
): Promise<Watch['falsified']> {
  if (trial === undefined) return undefined;
  const opened = await openArtifacts(output, services.artifacts);
  const falsified = falsify(opened.document, trial.kind, {
    chance: chanceOf(trial.seed),
    others,
    fits: (document) => agent.output.safeParse(opened.closed(document)).success,
  });
  if (falsified === undefined) return undefined;
  const stored = await opened.stored(falsified.document);
  return { output: stored, canonical: canonicalJson(stored), what: falsified.what };
}

function noteRule(
  watch: Watch | undefined,
  { step, attempt }: Place,
  { gate, verdict }: { readonly gate: string; readonly verdict: Verdict },
): void {
  if (watch === undefined || verdict.verdict === 'accept') return;
  watch.objections.push({ gate, step, isAtOnce: watch.trial?.step === step && attempt === 1 });
}

/** A reviewer's word is about the output that it was given. */
function noteReviewer(
  watch: Watch | undefined,
  { agent, input }: { readonly agent: string; readonly input: unknown },
  output: unknown,
): void {
  const { verdict } = output as Verdict; // held against the reviewer's schema by the activity
  if (watch === undefined || verdict === 'accept') return;
  const judged = (input as { readonly output: unknown }).output; // what every reviewer takes
  const isAtOnce = watch.falsified !== undefined && canonicalJson(judged) === watch.falsified.canonical;
  watch.objections.push({ gate: agent, step: agent, isAtOnce });
}

/** A function of the process speaks inside the workflow: it shows when the step is asked again and nobody else objected. */
function noteFunction(watch: Watch | undefined, { step, attempt }: Place, feedback: readonly string[]): void {
  if (watch === undefined || attempt === 1 || feedback.length === 0) return;
  const isExplained = watch.objections.length >= feedback.length;
  if (isExplained) return;
  watch.objections.push({
    gate: 'a function of the process',
    step,
    isAtOnce: watch.trial?.step === step && attempt === 2,
  });
}

/** Approves what waits, as a person would who trusts the gates. */
async function approve(
  { client }: RunWorld,
  runId: string,
  { watch, step }: { readonly watch: Watch; readonly step: string },
): Promise<void> {
  const handle = client.workflow.getHandle(runId);
  for (let looks = 0; looks < looksMax; looks += 1) {
    const view = await handle.query<RunView>(runViewQuery);
    const waiting = view.waiting.find((one) => one.step === step);
    if (waiting !== undefined) {
      watch.shown.push(waiting.subject);
      const decision = waiting.offers.includes('approve') ? 'approve' : 'reject';
      await handle.executeUpdate(decideUpdate, {
        args: [{ decision, step, shown: waiting.shown, actor: 'gates' }],
      });
      return;
    }
  }
  throw new Error(`Expected ${step} of ${runId} to wait for a person.`);
}

/** What was done with the effects that still count. */
function standing({ effects }: Watch, { steps }: RunView): unknown[] {
  const own = steps.flatMap(({ struck, effect, childEffects = [] }) =>
    struck === undefined ? [effect, ...childEffects] : [],
  );
  return own.flatMap((effect) => {
    const done = effect === undefined ? undefined : effects.get(effect.idempotencyKey);
    return effect?.outcome === 'done' && done !== undefined ? [done] : [];
  });
}

/** A document as values by place, the texts of its artifacts line by line. */
async function flattened(document: unknown, { artifacts }: Services): Promise<Delivery> {
  const flat = new Map<string, unknown>();
  for (const { path, value } of sitesOf(document)) {
    const artifact = Artifact.safeParse(value);
    if (artifact.success) {
      const lines = Buffer.from(await artifacts.get(artifact.data))
        .toString('utf8')
        .split('\n');
      for (const [index, line] of lines.entries()) flat.set(`${path.join('.')}:${index}`, line);
    } else if (typeof value !== 'object' || value === null) flat.set(path.join('.'), value);
  }
  // An artifact is compared by its text; its reference differs wherever a time stands in the text.
  const isReference = (place: string): boolean => /\.(?:sha256|bytes)$/.test(place);
  return new Map([...flat].filter(([place]) => !isReference(place)));
}
