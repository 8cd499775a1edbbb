import type { EffectEvent, EffectFault, FaultKind, PlannedFault } from '../../contracts/rehearsal';
import {
  afterChange,
  differenceOf,
  isSame,
  type StateDifference,
  type SystemsState,
} from '../../contracts/systems-state';
import type { RehearsedRun } from './rehearsed-run';

/** A line of the table: what was to go wrong, and whether the systems are as they must be. */
export interface Row {
  /** The step of the effect, or of the sign-off; nothing for the run in peace. */
  readonly step: string | null;
  readonly fault: FaultKind | 'none';
  readonly outcome: RehearsedRun['outcome'] | 'impossible';
  /** The steps whose effects were undone, in that order. */
  readonly undone: readonly string[];
  /** Which state the systems must be in after that outcome. */
  readonly expected: 'initial' | 'final' | null;
  readonly isAsExpected: boolean;
  /** What the systems have too much and too little, against the expected state. */
  readonly difference: StateDifference;
  readonly doneTwice: number;
  /** What else is wrong or to be known, or nothing. */
  readonly note: string | null;
  /** Whether everything is as it must be. */
  readonly isGreen: boolean;
}

/** After these a run can go on by itself, and so must. */
const mustComplete: readonly (FaultKind | 'none')[] = [
  'none',
  'failsOnce',
  'failsAfter',
  'workerDies',
  'rejectedLater',
  'rejectedAtEnd',
] satisfies readonly (EffectFault | 'none')[];
const completions: readonly string[] = ['completed', 'completedPartially'];

/** Holds a run against the run in peace. */
export function judge(run: RehearsedRun, inPeace: RehearsedRun): Row {
  const { fault, outcome, events, after } = run;
  const isCompleted = outcome === inPeace.outcome && completions.includes(outcome);
  const difference = isCompleted ? differenceOf(inPeace.after, after) : fromInitial(run);
  const doneTwice = countTwice(events, 'do') + countTwice(events, 'undo');
  const note = whatElse(run, isCompleted);
  const isAsExpected = isSame(difference);
  return {
    step: fault?.step ?? null,
    fault: fault?.kind ?? 'none',
    outcome,
    undone: undoneSteps(events),
    expected: isCompleted ? 'final' : 'initial',
    isAsExpected,
    difference,
    doneTwice,
    note,
    isGreen: isAsExpected && doneTwice === 0 && note === null,
  };
}

/** The line of a fault that cannot happen: it says why, and is neither right nor wrong. */
export function impossibleRow({ step, kind }: PlannedFault, whyNot: string | null): Row {
  return {
    ...{ step, fault: kind, outcome: 'impossible', undone: [], expected: null, isAsExpected: true },
    ...{ difference: { removed: [], added: [] }, doneTwice: 0, note: whyNot, isGreen: true },
  };
}

/** What is wrong beside the state, or nothing. */
function whatElse(run: RehearsedRun, isCompleted: boolean): string | null {
  const { fault, outcome, hasStruck, reason, events } = run;
  if (fault !== null && !hasStruck) return 'the fault did not happen: the run never came to it';
  if (outcome === 'noEnd') return reason;
  if (isCompleted) return null;
  const why = reason === null ? '' : `: ${reason}`;
  // What cannot be undone may need a person after any fault.
  const standing = events.filter((event) => event.effect === 'pivot' && event.action === 'do' && !isSame(event.change));
  if (outcome === 'needsRepair') return standing.length > 0 ? null : `a person is needed${why}`;
  if (standing.length > 0) return `what cannot be undone was done, and the run ended ${outcome}`;
  if (fault?.kind === 'signOffRejected' && outcome !== 'rejected') return `expected rejected${why}`;
  if (completions.includes(outcome)) return `ended otherwise than the run in peace${why}`;
  return mustComplete.includes(fault?.kind ?? 'none') ? `expected it to complete${why}` : null;
}

/**
 * How a state differs from the initial one with all that cannot be undone. What a `retriable` tool did may stand, and
 * may be gone with what it was done to.
 */
function fromInitial({ before, after, events }: RehearsedRun): StateDifference {
  const changesOf = (kind: EffectEvent['effect']) =>
    events.filter(({ effect, action }) => effect === kind && action === 'do').map(({ change }) => change);
  const expected = changesOf('pivot').reduce<SystemsState>(afterChange, before);
  const { removed, added } = differenceOf(expected, after);
  const mayStand = changesOf('retriable');
  return {
    removed: differenceOf(
      removed,
      mayStand.flatMap((change) => change.removed),
    ).removed,
    added: differenceOf(
      added,
      mayStand.flatMap((change) => change.added),
    ).removed,
  };
}

/** How often something was really done, or undone, again under one key. */
function countTwice(events: readonly EffectEvent[], action: EffectEvent['action']): number {
  const real = events.filter((event) => event.action === action && !isSame(event.change));
  return real.length - new Set(real.map(({ idempotencyKey }) => idempotencyKey)).size;
}

function undoneSteps(events: readonly EffectEvent[]): string[] {
  const stepOf = new Map(
    events.filter(({ action }) => action === 'do').map(({ idempotencyKey, step }) => [idempotencyKey, step]),
  );
  return events
    .filter(({ action, change }) => action === 'undo' && !isSame(change))
    .map(({ idempotencyKey, step }) => stepOf.get(idempotencyKey) ?? step);
}
