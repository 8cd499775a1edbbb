import type { EffectRecord, JournalEntry } from '../../contracts/journal';
import type { EffectView, RunView, StepView, WaitingView } from '../../contracts/run-view';
import type { Execution } from './execution';
import { isBusy } from './quiet';

/** The run as people see it, from its journal. `state` is the outcome once there is one. */
export function viewOf(execution: Execution, state: RunView['state']): RunView {
  const { process, manifest, journal, ledger, startedAt, refused, pass } = execution;
  return {
    runId: manifest.runId,
    process: process.name,
    version: process.version,
    owner: process.owner,
    state,
    startedAt,
    budget: process.budget,
    usage: ledger.spent,
    steps: journal.entries.map(stepView),
    waiting: waitingSteps(execution),
    refused,
    pass: pass.number,
    held: pass.held.map(({ name, about }) => ({ name, about })),
    heldBy:
      pass.held.length === 0 ? [] : journal.entries.filter((entry) => isBusy(execution, entry)).map(({ step }) => step),
  };
}

/** The steps that wait for a person, oldest first. */
export function waitingSteps({ journal }: Execution): WaitingView[] {
  return journal.entries.flatMap((entry) => {
    const { state, approval, struck } = entry;
    if (state !== 'asked' || approval === undefined || approval.decided !== undefined) return [];
    if (struck !== undefined && !approval.offers.includes('undoneByHand')) return [];
    return [{ step: entry.step, about: entry.about, ...approval }];
  });
}

function stepView(entry: JournalEntry): StepView {
  const { step, question, about, within, state, askedAt, endedAt, usage, effect, failure, struck, childEffects } =
    entry;
  return {
    step,
    kind: question.kind,
    name: question.name,
    version: question.version,
    about,
    state,
    askedAt,
    attempts: (entry.attempts ?? []).map(({ by }) => ({ by })),
    usage,
    ...(within === undefined ? {} : { within }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(effect === undefined ? {} : { effect: effectView(effect) }),
    ...(childEffects === undefined
      ? {}
      : { childEffects: childEffects.map(({ step: of, record }) => ({ step: of, ...effectView(record) })) }),
    ...(struck === undefined ? {} : { struck }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** An effect without what it was done with, which is for the tool alone. */
function effectView({ effect, tool, idempotencyKey, outcome }: EffectRecord): EffectView {
  return { effect, tool, idempotencyKey, outcome };
}
