import type { Attempt, EffectRecord, JournalEntry } from '../../contracts/journal';
import type { AttemptView, DecidedView, EffectView, RunView, StepView, WaitingView } from '../../contracts/run-view';
import type { Execution } from './execution';
import { isBusy, isHolding } from './quiet';
import { isRaise } from './raises';
import { spendersOf } from './spenders';

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
    budget: ledger.budget,
    usage: ledger.spent,
    left: ledger.left,
    spenders: spendersOf(journal.entries),
    ...(manifest.models === undefined ? {} : { models: manifest.models }),
    steps: journal.entries.map(stepView),
    waiting: waitingSteps(execution),
    refused,
    pass: pass.number,
    ...heldView(execution),
  };
}

/**
 * Whether an approval's question still stands: the pass under way has asked it, too, or it is about an effect that
 * must be settled whatever any pass asks.
 */
export function isStillAsked({ pass, journal }: Execution, entry: JournalEntry): boolean {
  if (entry.approval?.offers.includes('undoneByHand') === true) return true;
  // Whichever step came upon the end of the budget, the others wait for the same answer.
  if (isRaise(entry) && entry.struck === undefined) return true;
  const { pass: askedBy, doubt } = journal.outermost(entry);
  return entry.struck === undefined && (askedBy === pass.number || doubt !== undefined);
}

/** The steps that wait for a person, oldest first. */
export function waitingSteps(execution: Execution): WaitingView[] {
  return execution.journal.approvals.flatMap((entry) => {
    const { state, approval } = entry;
    if (state !== 'asked' || approval === undefined || approval.decided !== undefined) return [];
    if (!isStillAsked(execution, entry)) return [];
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
    attempts: (entry.attempts ?? []).map(attemptView),
    usage,
    ...(within === undefined ? {} : { within }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(entry.approval?.decided === undefined ? {} : { decided: decidedView(entry.approval.decided) }),
    ...(effect === undefined ? {} : { effect: effectView(effect) }),
    ...(childEffects === undefined
      ? {}
      : { childEffects: childEffects.map(({ step: of, record }) => ({ step: of, ...effectView(record) })) }),
    ...(struck === undefined ? {} : { struck }),
    ...(entry.inherited === true ? { inherited: true } : {}),
    ...(failure === undefined ? {} : { failure }),
  };
}

function attemptView({ by, usage, result }: Attempt): AttemptView {
  const turnedDownBy = turnedDown(result);
  return {
    by,
    ...(usage === undefined ? {} : { usage }),
    ...(turnedDownBy === undefined ? {} : { turnedDownBy }),
  };
}

function turnedDown(result: Attempt['result']): string | undefined {
  if (result.type === 'failed') return result.failure.type;
  return result.type === 'judged' && result.verdict.verdict !== 'accept' ? result.gate : undefined;
}

function decidedView({ decision, actor, role, comment, at }: DecidedView): DecidedView {
  return { decision, actor, role, comment, at };
}

/** An effect without what it was done with, which is for the tool alone. */
function effectView({ effect, tool, idempotencyKey, outcome }: EffectRecord): EffectView {
  return { effect, tool, idempotencyKey, outcome };
}

/** What waits for the quiet point, and the steps that keep it from coming. */
function heldView(execution: Execution): Pick<RunView, 'held' | 'heldBy'> {
  const { pass, holdingChildren, journal } = execution;
  if (!isHolding(execution)) return { held: [], heldBy: [] };
  return {
    held: [
      ...pass.held.map(({ name, about }) => ({ name, about })),
      ...[...holdingChildren.keys()].map((step) => ({ name: step, about: 'what the child cannot undo' })),
    ],
    heldBy: journal.entries.filter((entry) => isBusy(execution, entry)).map(({ step }) => step),
  };
}
