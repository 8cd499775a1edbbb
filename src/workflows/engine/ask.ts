import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import { failure, type Failure } from '../../contracts/failures';
import type { JournalEntry, Question, StepKind } from '../../contracts/journal';
import type { Effect } from '../../contracts/manifest';
import { heldBack } from './call';
import { beganWith, reworks, type Execution } from './execution';
import { expectedFailure, record, revive } from './failing';
import { fingerprint } from './fingerprint';
import type { Pass } from './pass';
import { isClean, isReworked, rework } from './rework';
import { tellState } from './story';

/** Who asks: the process, in a pass, or the engine on behalf of a step. */
export type Asker = { readonly execution: Execution; readonly pass: Pass } | Within;
export interface Within {
  readonly execution: Execution;
  readonly within: JournalEntry;
  /** How many equal questions were asked before this one within the step. Default: none. */
  readonly ordinal?: number;
  /** Also when the run stops: a person is asked about what its end leaves open. Default: no. */
  readonly evenStopped?: true;
}

/** A question to the world, as a step puts it. `about` is for people; it is no part of the question. */
export interface Ask {
  readonly kind: StepKind;
  readonly name: string;
  readonly version: string;
  readonly input: unknown;
  readonly about: string;
  /** What asking may change. Default: nothing. */
  readonly effect?: Effect;
}

/** Gets the answer; called again for an open entry in a later execution, it continues from what the entry records. */
export type Dispatch = (entry: JournalEntry) => Promise<unknown>;

/**
 * The first phase of every step: answers the question from the journal, joins it when it is in flight, resumes it
 * when an earlier execution left it open, or enters it as new and dispatches it.
 */
export function ask(asker: Asker, asked: Ask, dispatch: Dispatch): Promise<unknown> {
  try {
    return 'pass' in asker ? askInPass(asker.pass, asked, dispatch) : askWithin(asker, asked, dispatch);
  } catch (error) {
    if (error instanceof Error) return Promise.reject(error);
    throw error;
  }
}

function askInPass(pass: Pass, asked: Ask, dispatch: Dispatch): Promise<unknown> {
  if (pass.isAbandoned) return never();
  const question = questionOf(asked);
  const claim = pass.claim(question);
  const known = 'entry' in claim ? claim.entry : undefined;
  if (pass.withheld !== undefined && (known === undefined || isWithheld(known, pass.withheld))) return never();
  if (known !== undefined) return inTurn(pass, known, dispatch);
  const entering = { asked, question, ordinal: 'ordinal' in claim ? claim.ordinal : 0 };
  const enterAndAnswer = () => inTurn(pass, enterInPass(pass, entering), dispatch);
  return isFree(pass, entering) ? enterAndAnswer() : admit(pass, entering).then(enterAndAnswer);
}

/**
 * The answer to an entry, at its turn: never, when it is taken up by rework instead. Callbacks, and no function that
 * awaits: each promise costs every run and every replay, see `docs/performance.md`.
 */
function inTurn(pass: Pass, entry: JournalEntry, dispatch: Dispatch): Promise<unknown> {
  const { execution } = pass;
  if (pass.withheld === undefined) entry.pass = pass.number;
  return new Promise((resolve, reject) => {
    const give = () => {
      if (isReworked(execution, entry)) takeUp(pass, entry);
      else if (entry.state === 'answered') resolve(copy(entry.answer));
      else reject(failureOf(entry));
    };
    const come = () => {
      pass.atTurnOf(entry, give);
    };
    if (entry.state === 'asked') settled(execution, entry, dispatch).then(come, reject);
    else come();
  });
}

function takeUp({ execution, withheld }: Pass, entry: JournalEntry): void {
  if (withheld !== undefined) return;
  rework(execution, entry);
  tellState(execution);
}

function isWithheld({ step, state }: JournalEntry, withheld: string): boolean {
  return step === withheld || state === 'asked';
}

/** What the engine asks within a step has no turn and no second answer: it belongs to the step, whatever the pass. */
async function askWithin(asker: Within, asked: Ask, dispatch: Dispatch): Promise<unknown> {
  const { execution, within, ordinal = 0 } = asker;
  const question = questionOf(asked);
  const known = execution.journal.answering(question, ordinal, within.step);
  const isNew = known === undefined && asker.evenStopped !== true;
  if (isNew && !mayEnter(execution.pass, asked)) await admitWithin(asker, asked);
  const entry = known ?? enter(execution, { asked, question, ordinal, within: within.step });
  if (entry.state === 'asked') await settled(execution, entry, dispatch);
  return answerOf(entry);
}

function answerOf(entry: JournalEntry): unknown {
  if (entry.state === 'answered') return copy(entry.answer);
  throw failureOf(entry);
}

function failureOf({ failure: failed }: JournalEntry): Failure {
  return revive(failed ?? { type: 'StepFailed', message: 'No reason was recorded.', details: {} });
}

interface Entering {
  readonly asked: Ask;
  readonly question: Question;
  readonly ordinal: number;
  readonly within?: string;
}

function enter(execution: Execution, { asked, question, ordinal, within }: Entering): JournalEntry {
  const entry = execution.journal.enter({
    question,
    ordinal,
    about: asked.about,
    askedAt: Date.now(),
    after: execution.pass.turns.count,
    pass: execution.pass.number,
    ...(within === undefined ? {} : { within }),
  });
  execution.stepsEntered += 1;
  return entry;
}

function enterInPass(pass: Pass, entering: Entering): JournalEntry {
  const entry = enter(pass.execution, entering);
  pass.own(entry);
  return entry;
}

/** Resolves when the step is settled: its entry then holds an answer or a failure. */
function settled(execution: Execution, entry: JournalEntry, dispatch: Dispatch): Promise<void> {
  const known = execution.inFlight.get(entry.step);
  if (known !== undefined) {
    tellState(execution);
    return known.settled;
  }
  const scope = new CancellationScope({ cancellable: true });
  const settling = settle(execution, entry, () => scope.run(() => dispatch(entry)));
  execution.inFlight.set(entry.step, { settled: settling, scope });
  return settling;
}

/** Writes what came of a step into its entry. */
function settle(execution: Execution, entry: JournalEntry, answer: () => Promise<unknown>): Promise<void> {
  tellState(execution);
  const end = () => {
    execution.journal.settle(entry, Date.now());
    execution.inFlight.delete(entry.step);
    execution.holdingChildren.delete(entry.step);
    tellState(execution);
  };
  return answer().then(
    (value) => {
      Object.assign(entry, { answer: value, state: 'answered' });
      end();
    },
    (error: unknown) => {
      const expected = expectedFailure(error);
      if (expected !== undefined) Object.assign(entry, { state: 'failed', failure: record(expected) });
      end();
      if (expected === undefined) throw error;
    },
  );
}

/** Questions that are the same each time, and each time get another answer. */
const mayRepeat: readonly StepKind[] = ['sleep', 'now', 'uuid'];

/** Whether a new question may be asked at once, as most are: each promise that is not made is time that a replay takes. */
function isFree(pass: Pass, entering: Entering): boolean {
  return mayEnter(pass, entering.asked) && !pass.isAbandoned && !isLoop(pass.execution, entering);
}

/** Whether nothing has to be waited for before a question is asked. */
function mayEnter(pass: Pass, asked: Ask): boolean {
  const { execution, catchingUp } = pass;
  const goesOn = catchingUp === undefined && execution.stopped === undefined;
  return beganWith(3, execution) && goesOn && !mustBeHandedOver(execution) && !isHeld(pass, asked);
}

/** Lets a new question in: only once the pass has caught up, the run goes on, it is not a loop, and it may happen. */
async function admit(pass: Pass, entering: Entering): Promise<void> {
  const { execution } = pass;
  const { asked } = entering;
  pass.admitting.push(asked);
  await pass.catchingUp;
  pass.admitting.splice(pass.admitting.indexOf(asked), 1);
  if (isLoop(execution, entering)) execution.stopped ??= loop(entering);
  await mustWait(pass);
  while (isHeld(pass, asked)) {
    await hold(pass, asked);
    // Others have gone on while a hand-over was put off: the effect must be released anew.
    if (!(await mustWait(pass))) return;
  }
}

function isLoop({ manifest }: Execution, { asked, ordinal }: Entering): boolean {
  return !mayRepeat.includes(asked.kind) && ordinal >= manifest.policies.sameQuestionMax;
}

/**
 * A run that stops asks nothing more, nor does an abandoned pass: what the process function asks then never resolves,
 * so that a function that catches every failure and goes on cannot keep the run from ending.
 *
 * @returns whether it waited for a hand-over that was put off
 */
async function mustWait(pass: Pass): Promise<boolean> {
  const { execution } = pass;
  for (let hasWaited = false; ; hasWaited = true) {
    if (execution.stopped !== undefined || pass.isAbandoned) return never();
    if (!mustBeHandedOver(execution)) return hasWaited;
    await heldBack(execution);
  }
}

/** A step that is under way learns why the run stops. */
async function admitWithin({ execution, within }: Within, asked: Ask): Promise<void> {
  await execution.pass.catchingUp;
  if (execution.stopped !== undefined) throw execution.stopped;
  while (mustBeHandedOver(execution)) await heldBack(execution);
  if (isHeld(execution.pass, asked)) await hold(execution.pass, asked, within.step);
}

/** Waits for the quiet point of a pass; on behalf of a step, for that of whatever pass it is by then. */
export async function hold(
  { held }: Pass,
  { name, about, effect }: Pick<Ask, 'name' | 'about' | 'effect'>,
  within?: string,
): Promise<void> {
  const gate = { isOpen: false };
  const release = () => {
    gate.isOpen = true;
  };
  held.push({ name, about, isPivot: effect === 'pivot', release, ...(within === undefined ? {} : { within }) });
  await condition(() => gate.isOpen);
}

/**
 * Effects wait for the quiet point while something stale may stand; pivots wait for it in every pass, so that nothing
 * that cannot be undone happens while a sibling could still fail.
 */
function isHeld({ execution }: Pass, { effect = 'none' }: Ask): boolean {
  if (effect === 'none' || !reworks(execution)) return false;
  return effect === 'pivot' || !isClean(execution);
}

function loop({ asked: { name }, ordinal: times }: Entering): Failure {
  return failure(
    'Loop',
    `${name} was asked the same question ${times} times. Let the process stop asking, or wait in between and ask for something new.`,
    { name, times },
  );
}

function mustBeHandedOver(execution: Execution): boolean {
  return (execution.handingOver ||= handOverIsDue(execution));
}

function handOverIsDue(execution: Execution): boolean {
  const { stepsPerExecutionMax } = execution.manifest.policies;
  if (execution.stepsEntered === 0 || execution.holdingChildren.size > 0) return false;
  return (
    workflowInfo().continueAsNewSuggested ||
    (stepsPerExecutionMax !== undefined && execution.stepsEntered >= stepsPerExecutionMax)
  );
}

function questionOf({ kind, name, version, input }: Ask): Question {
  try {
    return { kind, name, version, inputHash: fingerprint(input) };
  } catch (error) {
    throw failure(
      'InvalidInput',
      `The input of ${name} must be JSON: ${error instanceof Error ? error.message : String(error)}`,
      { name },
    );
  }
}

/** The process gets a copy, so that nothing it does to an answer reaches the journal. */
function copy(answer: unknown): unknown {
  return answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
