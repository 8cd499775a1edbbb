import type { Failure } from '../../contracts/failures';
import { askApproval } from './approval-step';
import { activities, callWithinBudget } from './call';
import { expectedFailure } from './failing';
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
  { execution, entry, card }: ToolCalling,
  reason: Failure,
): Promise<{ readonly answer: unknown } | 'tryAgain'> {
  let problem = reason.message;
  for (;;) {
    const round = 1 + execution.journal.entries.filter(({ within }) => within === entry.step).length;
    if (round > roundsMax) throw reason;
    const decided = await askApproval(
      { execution, within: entry },
      {
        name: `${card.name}Doubt`,
        about: summary('did it happen?', entry.about),
        of: { step: entry.step, tool: card.name, input: entry.effect?.input, problem, round },
        role: card.approvedBy ?? execution.process.owner,
        offers: ['edit', 'tryAgain', 'reject', 'reassign'],
      },
    ).catch((error: unknown) => {
      if (expectedFailure(error)?.type !== 'Rejected') throw error;
      if (entry.effect !== undefined) entry.effect.outcome = 'refused';
      throw reason;
    });
    if (decided.decision === 'tryAgain') return 'tryAgain';
    try {
      const options = {
        activityId: `${entry.step}.answer-${round}`,
        summary: summary(card.name, 'check of a person’s answer'),
        eventGroups: groupOf(entry.step, entry.about),
      };
      const call = { tool: card.name, answer: decided.value };
      const answer = await callWithinBudget({ execution, entry }, () =>
        activities.checkAnswer.executeWithOptions(options, [call]),
      );
      if (entry.effect !== undefined) entry.effect.outcome = 'done';
      return { answer };
    } catch (error) {
      const expected = expectedFailure(error);
      if (expected?.type !== 'InvalidInput') throw error;
      problem = expected.message;
    }
  }
}
