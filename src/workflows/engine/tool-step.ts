import { failure, failureTypes, type FailureType } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import type { ToolCard } from '../../contracts/manifest';
import { ask } from './ask';
import { activities, callWithinBudget } from './call';
import type { Execution } from './execution';
import { expectedFailure } from './failing';
import { fingerprint } from './fingerprint';
import { groupOf, summary } from './story';

export interface ToolAsk {
  readonly name: string;
  readonly input: unknown;
  readonly about: string;
}

/**
 * Calls a tool. What it may change is entered before it is attempted, under a key made of the run and the question,
 * so that a second attempt is known to be the same.
 */
export function askTool(execution: Execution, toolAsk: ToolAsk): Promise<unknown> {
  const card = execution.manifest.tools[toolAsk.name];
  if (card === undefined) {
    throw failure('UnknownTool', `The run's manifest has no tool ${toolAsk.name}. Deploy a worker that has it.`, {
      name: toolAsk.name,
    });
  }
  return ask(execution, { kind: 'tool', version: card.version, ...toolAsk }, (entry) =>
    callTool(execution, entry, { card, input: toolAsk.input }),
  );
}

interface CallOfTool {
  readonly card: ToolCard;
  readonly input: unknown;
}

async function callTool(execution: Execution, entry: JournalEntry, { card, input }: CallOfTool): Promise<unknown> {
  const idempotencyKey = fingerprint([execution.manifest.executionId, entry.step]);
  const options = {
    activityId: entry.step,
    summary: summary(card.name, entry.about, card.effect === 'none' ? '' : card.effect),
    startToCloseTimeout: card.timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
  try {
    const answer = await callWithinBudget({ execution, entry }, () => {
      if (card.effect !== 'none') entry.effect = { effect: card.effect, idempotencyKey, outcome: 'unknown' };
      return activities.callTool.executeWithOptions(options, [{ tool: card.name, input, idempotencyKey }]);
    });
    if (entry.effect !== undefined) entry.effect = { ...entry.effect, outcome: 'done' };
    return answer;
  } catch (error) {
    if (entry.effect !== undefined && isRefusal(error)) entry.effect = { ...entry.effect, outcome: 'refused' };
    throw error;
  }
}

/** After these nobody knows whether the tool changed something; after any other final failure it did not. */
const leavesOpen: readonly FailureType[] = ['StepFailed', 'InvalidOutput', 'AnswerTooLarge', 'Cancelled'];

function isRefusal(error: unknown): boolean {
  const type = expectedFailure(error)?.type;
  return type !== undefined && !failureTypes[type].retryable && !leavesOpen.includes(type);
}
