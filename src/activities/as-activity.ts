import { ApplicationFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { Failure, failure, failureTypes } from '../contracts/failures';
import type { Json } from '../contracts/json';

/** The server refuses answers over 2 MB, and would have the call made and paid for again; so they end here. */
const answerBytesMax = 1_800_000;
const heartbeatEveryMs = 3_000;

export interface ActivityPolicy {
  /** Whether a call is given up on as soon as it is cancelled, or seen through to its end. Default: given up on. */
  readonly onCancellation?: 'giveUp' | 'seeThrough';
}

/**
 * Makes a function an activity: it heartbeats while it works, so that a lost worker is noticed in seconds; its answer
 * is held against the size limit; and its failures cross the border with their type and details. One that says in its
 * details when to come again (`retryAfterMs`) is tried again then; a model that is busy is nothing to raise an alarm for.
 * A local activity is the same without heartbeats: it is lost together with its run's workflow task.
 */
export function asActivity<Arguments extends unknown[], Answer>(
  work: (...args: Arguments) => Promise<Answer>,
  { onCancellation = 'giveUp' }: ActivityPolicy = {},
): (...args: Arguments) => Promise<Answer> {
  return async (...args) => {
    const context = Context.current();
    const { isLocal, activityId, activityType } = context.info;
    const beat = () => {
      context.heartbeat();
    };
    const heartbeat = isLocal ? undefined : setInterval(beat, heartbeatEveryMs);
    try {
      const working = work(...args);
      const answer = await (onCancellation === 'giveUp' ? Promise.race([working, context.cancelled]) : working);
      assertSize(answer, isLocal ? activityType : activityId);
      return answer;
    } catch (error) {
      throw error instanceof Failure ? crossing(error) : error;
    } finally {
      clearInterval(heartbeat);
    }
  };
}

function crossing({ type, message, details }: Failure): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: !failureTypes[type].retryable,
    details: [details],
    ...(isDelay(details['retryAfterMs']) ? { nextRetryDelay: details['retryAfterMs'] } : {}),
    ...(type === 'ModelBusy' || type === 'CitedTextForgotten' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
}

function isDelay(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function assertSize(answer: unknown, activity: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(answer ?? null));
  if (bytes <= answerBytesMax) return;
  // What was paid for is told, so that the budget knows.
  const paid =
    typeof answer === 'object' && answer !== null && 'usage' in answer ? { usage: answer.usage as Json } : {};
  throw failure(
    'AnswerTooLarge',
    `${activity} answered with ${bytes} bytes; ${answerBytesMax} are the most. Let it answer with an artifact.`,
    { activityId: activity, bytes, ...paid },
  );
}
