import { log } from '@temporalio/activity';
import type { Notice } from '../contracts/activities';

const deliveryMsMax = 5_000;

/**
 * Tells people that a step waits: in the worker's log, and by a POST of the notice as JSON where a webhook is
 * configured. It may deliver the same notice twice.
 *
 * @throws when the webhook does not answer with success, so that the delivery is tried again
 */
export async function notify(webhook: string | undefined, notice: Notice): Promise<void> {
  log.info(`${notice.role} must decide ${notice.step}`, { ...notice });
  if (webhook === undefined) return;
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(notice),
    redirect: 'error',
    signal: AbortSignal.timeout(deliveryMsMax),
  });
  if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
}
