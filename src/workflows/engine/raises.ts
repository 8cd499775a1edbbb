import type { JournalEntry } from '../../contracts/journal';
import type { Budget } from '../../contracts/usage';

/** The question whether to raise the budget, which is asked within the step whose call does not fit. */
export const raiseName = 'budgetRaise';

/** Whether an entry asks for a larger budget. A process may ask something of the same name, but never within a step. */
export function isRaise({ question, within }: JournalEntry): boolean {
  return question.kind === 'approval' && question.name === raiseName && within !== undefined;
}

/** The question for a larger budget that waits for its answer, if one does. */
export function openRaise(entries: readonly JournalEntry[]): JournalEntry | undefined {
  return entries.find((entry) => isRaise(entry) && entry.state === 'asked' && entry.struck === undefined);
}

/** The budget of a run: as it was declared, or as a person raised it last. A raise holds, whatever became of its step. */
export function budgetOf(declared: Budget, entries: readonly JournalEntry[]): Budget {
  const last = entries.findLast((entry) => isRaise(entry) && entry.approval?.decided?.decision === 'edit');
  return (last?.approval?.decided?.value as Budget | undefined) ?? declared; // held against RaisedBudget when it came
}
