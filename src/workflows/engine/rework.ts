import { failure } from '../../contracts/failures';
import type { JournalEntry, StepKind } from '../../contracts/journal';
import { reworks, type Execution } from './execution';
import { fingerprint } from './fingerprint';
import type { Journal } from './journal';
import { Pass } from './pass';
import { standsIn } from './standing';

/** Whether a step failed because a gate or a person rejected and named a step to blame. */
export function isReworked(execution: Execution, { state, failure: failed }: JournalEntry): boolean {
  if (state !== 'failed' || failed?.type !== 'Rejected' || !reworks(execution)) return false;
  return typeof failed.details['blame'] === 'string';
}

/** Takes up the rejection with which a step failed: strikes the step that it blames, and itself. */
export function rework(execution: Execution, rejecting: JournalEntry): void {
  const { message = '', details = {} } = rejecting.failure ?? {};
  const { blame } = details;
  const blamed = blamedBy(execution.journal, rejecting, typeof blame === 'string' ? blame : rejecting.step);
  if (blamed !== rejecting) execution.journal.strike(rejecting, { why: 'blaming' });
  reject(execution, blamed, { feedback: message, by: rejecting.step });
}

/**
 * Strikes a step, notes the feedback for when its question is asked again, and has the process function run again. A
 * run that has been through all its rounds stops as rejected.
 */
export function reject(
  execution: Execution,
  blamed: JournalEntry,
  { feedback, by }: { readonly feedback: string; readonly by: string },
): void {
  const { journal, manifest, pass } = execution;
  const roundsMax = manifest.policies.reworkRoundsMax ?? 0;
  journal.strike(blamed, { why: 'blamed', feedback, answerHash: fingerprint(lastOutputOf(blamed)), by });
  const rounds = journal.entries.filter(({ struck }) => struck?.why === 'blamed').length;
  if (rounds > roundsMax) {
    execution.stopped ??= failure(
      'Rejected',
      `${blamed.step} was rejected, and the run has been reworked ${roundsMax} times, which is the most: ${feedback}`,
      { step: blamed.step, rounds: roundsMax },
    );
    return;
  }
  pass.abandon();
  execution.pass = new Pass(execution, pass.number + 1);
  execution.pass.held.push(...pass.held.filter(({ within }) => within !== undefined));
}

/** The blamed step, by its name or by the name of what it asked; one that nobody knows is the rejecting step itself. */
function blamedBy(journal: Journal, rejecting: JournalEntry, blame: string): JournalEntry {
  const candidates = journal.entries.filter(
    ({ step, question, struck }) => struck === undefined && (step === blame || question.name === blame),
  );
  const found = candidates.find(({ step }) => step === blame) ?? candidates.at(-1);
  if (found === undefined) return rejecting;
  const blamed = journal.outermost(found);
  return blamed.state === 'answered' ? blamed : rejecting;
}

function lastOutputOf({ answer, attempts }: JournalEntry): unknown {
  if (answer !== undefined) return answer;
  const judged = attempts?.findLast(({ result }) => result.type === 'judged');
  return judged?.result.type === 'judged' ? judged.result.output : null;
}

/** Kinds that hold a person's or a pivot's last word: they keep it although a pass does not ask again. */
const keptKinds: readonly StepKind[] = ['approval'];

/** Entries that keep their answers when a pass does not ask for them: a person's word, and what cannot be undone. */
export function isKept({ question, state, effect }: JournalEntry): boolean {
  if (keptKinds.includes(question.kind)) return state === 'answered';
  return effect?.effect === 'pivot' && effect.outcome !== 'refused';
}

/** Whether nothing stale stands: every entry that stands was asked for by this pass, or is kept. */
export function isClean({ journal, pass }: Execution): boolean {
  return journal.entries.every((entry) =>
    entry.struck === undefined
      ? entry.within !== undefined || entry.pass === pass.number || isKept(entry)
      : !standsIn(entry),
  );
}
