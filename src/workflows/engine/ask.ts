import { workflowInfo } from '@temporalio/workflow';
import { failure, type Failure } from '../../contracts/failures';
import type { JournalEntry, StepKind } from '../../contracts/journal';
import { heldBack } from './call';
import type { Execution } from './execution';
import { expectedFailure, record, revive } from './failing';
import { fingerprint } from './fingerprint';
import { tellState } from './story';

/** A question to the world, as a step puts it. `about` is for people; it is no part of the question. */
export interface Ask {
  readonly kind: StepKind;
  readonly name: string;
  readonly version: string;
  readonly input: unknown;
  readonly about: string;
  readonly within?: string;
  /** Facts that the entry holds from its first moment, such as an effect. */
  readonly facts?: Pick<JournalEntry, 'effect' | 'wakesAt'>;
}

/**
 * The first phase of every step: answers the question from the journal, joins it when it is in flight, resumes it
 * when an earlier execution left it open, or enters it as new and dispatches it.
 *
 * @param dispatch gets the answer; it is called again for an open entry in a later execution, and continues from
 *   what the entry records
 */
export async function ask(
  execution: Execution,
  question: Ask,
  dispatch: (entry: JournalEntry) => Promise<unknown>,
): Promise<unknown> {
  const asked = { ...question, inputHash: hashOf(question) };
  const { kind, name, version, inputHash } = asked;
  const claim = execution.journal.claim({ kind, name, version, inputHash }, question.within);
  if ('entry' in claim) return answerOf(execution, claim.entry, dispatch);

  await admit(execution, question, claim.ordinal);
  const entry = execution.journal.enter({
    question: { kind, name, version, inputHash },
    ordinal: claim.ordinal,
    about: question.about,
    askedAt: Date.now(),
    ...(question.within === undefined ? {} : { within: question.within }),
    ...question.facts,
  });
  execution.stepsEntered += 1;
  return answerOf(execution, entry, dispatch);
}

async function answerOf(
  execution: Execution,
  entry: JournalEntry,
  dispatch: (entry: JournalEntry) => Promise<unknown>,
): Promise<unknown> {
  if (entry.turn !== undefined) await execution.turns.repeated(entry.step);
  switch (entry.state) {
    case 'answered':
      return copy(entry.answer);
    case 'failed':
      throw revive(entry.failure ?? { type: 'StepFailed', message: 'No reason was recorded.', details: {} });
    case 'asked': {
      const answer = execution.inFlight.get(entry.step) ?? settle(execution, entry, dispatch(entry));
      execution.inFlight.set(entry.step, answer);
      return copy(await answer);
    }
  }
}

/** Writes what came of a step into its entry. */
async function settle(execution: Execution, entry: JournalEntry, answer: Promise<unknown>): Promise<unknown> {
  tellState(execution);
  try {
    entry.answer = await answer;
    entry.state = 'answered';
    return entry.answer;
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected === undefined) throw error;
    entry.state = 'failed';
    entry.failure = record(expected);
    throw expected;
  } finally {
    entry.endedAt = Date.now();
    await takeTurn(execution, entry);
    execution.inFlight.delete(entry.step);
    tellState(execution);
  }
}

/** Waits for the answer's turn. What the engine asked within a step is given to the step at once. */
async function takeTurn(execution: Execution, entry: JournalEntry): Promise<void> {
  if (entry.within !== undefined) return;
  const { turn, come } = execution.turns.take();
  entry.turn = turn;
  await come;
}

/** Questions that are the same each time, and each time get another answer. */
const mayRepeat: readonly StepKind[] = ['sleep', 'now', 'uuid'];

/** Lets a new question in: only once the journal is claimed, the run goes on, and it is not a loop. */
async function admit(execution: Execution, question: Ask, ordinal: number): Promise<void> {
  execution.held.push(question);
  try {
    await execution.caughtUp;
  } finally {
    execution.held.splice(execution.held.indexOf(question), 1);
  }
  if (!mayRepeat.includes(question.kind) && ordinal >= execution.manifest.policies.sameQuestionMax) {
    execution.stopped ??= failure(
      'Loop',
      `${question.name} was asked the same question ${ordinal} times. Let the process stop asking, or wait in between and ask for something new.`,
      { name: question.name, times: ordinal },
    );
  }
  if (execution.stopped) return refuse(execution.stopped, question);
  execution.handingOver ||= handOverIsDue(execution);
  if (execution.handingOver) await heldBack(execution);
}

/**
 * A run that stops asks nothing more: what its process function asks then never resolves, so that a function that
 * catches every failure and goes on cannot keep it from ending. A step that is under way learns why.
 */
function refuse(stopped: Failure, question: Ask): Promise<never> {
  if (question.within !== undefined) throw stopped;
  return new Promise(() => undefined);
}

function handOverIsDue(execution: Execution): boolean {
  const { stepsPerExecutionMax } = execution.manifest.policies;
  if (execution.stepsEntered === 0) return false;
  return (
    workflowInfo().continueAsNewSuggested ||
    (stepsPerExecutionMax !== undefined && execution.stepsEntered >= stepsPerExecutionMax)
  );
}

function hashOf(question: Ask): string {
  try {
    return fingerprint(question.input);
  } catch (error) {
    throw failure(
      'InvalidInput',
      `The input of ${question.name} must be JSON: ${error instanceof Error ? error.message : String(error)}`,
      { name: question.name },
    );
  }
}

/** The process gets a copy, so that nothing it does to an answer reaches the journal. */
function copy(answer: unknown): unknown {
  return answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
}
