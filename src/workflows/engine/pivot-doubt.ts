import type { JournalEntry } from '../../contracts/journal';
import type { Failure } from '../../contracts/failures';
import { askApproval, type Decided } from './approval-step';
import { callWithinBudget } from './call';
import { expectedFailure, record } from './failing';
import { groupOf, summary } from './story';
import type { ToolCalling } from './tool-step';

/** How often a person may be asked what became of one pivot before its step fails. */
const roundsMax = 5;

/**
 * Asks a person what became of a pivot of which nobody knows whether it happened: it did, with this answer (`edit`); it
 * did not and may be tried again; or it did not and shall not (`reject`).
 *
 * @throws the reason why the call failed, when the person rejects or nobody decides
 */
export async function askWhatBecame(
  calling: ToolCalling,
  reason: Failure,
): Promise<{ readonly answer: unknown } | 'tryAgain'> {
  const { entry } = calling;
  entry.doubt = record(reason);
  try {
    for (;;) {
      const decided = await whatPersonSays(calling, reason);
      if (decided.decision === 'tryAgain') return 'tryAgain';
      const answer = await heldAgainstSchema(calling, decided);
      if (answer === undefined) continue;
      outcome(entry, 'done');
      return answer;
    }
  } finally {
    delete entry.doubt;
  }
}

async function whatPersonSays({ execution, entry, card }: ToolCalling, reason: Failure): Promise<Decided> {
  const said = execution.journal.entries.filter(({ within, state }) => within === entry.step && state !== 'asked');
  if (said.length >= roundsMax) throw reason;
  try {
    return await askApproval(
      { execution, within: entry },
      {
        name: `${card.name}Doubt`,
        about: summary('did it happen?', entry.about),
        of: {
          step: entry.step,
          tool: card.name,
          input: entry.effect?.input,
          problem: entry.doubt?.message ?? reason.message,
          round: said.length + 1,
        },
        role: card.approvedBy ?? execution.process.owner,
        offers: ['edit', 'tryAgain', 'reject', 'reassign'],
      },
    );
  } catch (error) {
    if (expectedFailure(error)?.type !== 'Rejected') throw error;
    outcome(entry, 'refused');
    throw reason;
  }
}

/** What a person says the pivot answered; nothing when it does not fit the tool's schema, and then the doubt is that. */
async function heldAgainstSchema(
  { execution, entry, card }: ToolCalling,
  { value, at }: Decided,
): Promise<{ readonly answer: unknown } | undefined> {
  const options = {
    activityId: `${entry.step}.answer-${at}`,
    summary: summary(card.name, 'check of a person’s answer'),
    eventGroups: groupOf(entry.step, entry.about),
  };
  const call = { tool: card.name, answer: value };
  try {
    return {
      answer: await callWithinBudget({ execution, entry }, () =>
        execution.activities.checkAnswer.executeWithOptions(options, [call]),
      ),
    };
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected?.type !== 'InvalidInput') throw error;
    entry.doubt = record(expected);
    return undefined;
  }
}

function outcome({ effect }: JournalEntry, known: 'done' | 'refused'): void {
  if (effect !== undefined) effect.outcome = known;
}
