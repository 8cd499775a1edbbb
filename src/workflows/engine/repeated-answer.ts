import type { JournalEntry } from '../../contracts/journal';
import { askApproval } from './approval-step';
import type { Execution } from './execution';
import { fingerprint } from './fingerprint';

/**
 * Gets an answer once, also when the run is handed over while a person is asked about it, and has a person say whether an answer may stand that was rejected before and came again, and gives it back.
 *
 * @throws `Rejected` when it may not
 */
export async function unlessRepeated(
  execution: Execution,
  entry: JournalEntry,
  call: () => Promise<unknown>,
): Promise<unknown> {
  entry.draft ??= { answer: await call() };
  const { answer } = entry.draft;
  const rejections = execution.journal.rejectionsOf(entry);
  const latest = rejections.findLast(({ answerHash }) => answerHash === fingerprint(answer));
  if (latest !== undefined) await askWhetherItStands({ execution, entry, answer, feedback: latest.feedback });
  delete entry.draft;
  return answer;
}

interface Repeated {
  readonly execution: Execution;
  readonly entry: JournalEntry;
  readonly answer: unknown;
  readonly feedback: string;
}

async function askWhetherItStands({ execution, entry, answer, feedback }: Repeated): Promise<void> {
  await askApproval(
    { execution, within: entry },
    {
      name: `${entry.question.name}Escalation`,
      about: `${entry.step} gives again what was rejected`,
      of: { output: answer, feedback, step: entry.step },
      role: execution.process.owner,
      offers: ['approve', 'reject', 'reassign'],
    },
  );
}
