import type { JournalEntry } from '../../contracts/journal';
import { askApproval } from './approval-step';
import type { Execution } from './execution';
import { fingerprint } from './fingerprint';

/**
 * Has a person say whether an answer may stand that was rejected before and came again, and gives it back.
 *
 * @throws `Rejected` when it may not
 */
export async function unlessRepeated<Answer>(
  execution: Execution,
  entry: JournalEntry,
  answer: Answer,
): Promise<Answer> {
  const rejections = execution.journal.rejectionsOf(entry);
  const latest = rejections.findLast(({ answerHash }) => answerHash === fingerprint(answer));
  if (latest === undefined) return answer;
  await askApproval(
    { execution, within: entry },
    {
      name: `${entry.question.name}Escalation`,
      about: `${entry.step} gives again what was rejected`,
      of: { output: answer, feedback: latest.feedback, step: entry.step },
      role: execution.process.owner,
      offers: ['approve', 'reject', 'reassign'],
    },
  );
  return answer;
}
