import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../contracts/failures';
import type { RunResult } from '../contracts/outcome';
import type { RunView, WaitingView } from '../contracts/run-view';
import { isAway } from './away';
import { unlessInterrupted } from './interrupt';
import { resultOfRun, viewRun } from './runs';
import type { Session } from './session';
import { describeSpend } from './spend';

const lookEveryMs = 250;
/** How long a server, a worker or a run may not answer before following a run is given up; the run itself goes on. */
const awayMsMax = 120_000;

/**
 * Called for each step that begins to wait for a person. It may decide it. It is called again for the same step when
 * it failed because the server was away.
 */
export type OnWaiting = (waiting: WaitingView, view: RunView) => Promise<void>;

/**
 * Follows a run to its end, with progress. A server that goes away and comes back is waited for.
 *
 * @throws `ServerUnavailable` when what is up is lost, or is away for too long; an AbortError when interrupted
 */
export async function followRun(session: Session, runId: string, onWaiting: OnWaiting): Promise<RunResult> {
  const { client, terminal, up, signal } = session;
  const seen = new Set<string>();
  const lost = up?.lost.then((reason) => {
    throw failure(
      'ServerUnavailable',
      `The run ${runId} cannot be followed: ${reason}. It is kept, and goes on with the next \`up\`.`,
    );
  });
  lost?.catch(() => undefined);
  const bounded = <T>(work: Promise<T>): Promise<T> =>
    unlessInterrupted(lost === undefined ? work : Promise.race([work, lost]), signal);
  let awaySince: number | undefined;
  for (;;) {
    try {
      const view = await bounded(viewRun(client, runId));
      awaySince = undefined;
      terminal.show(progressLine(view));
      for (const waiting of view.waiting) {
        const seenAs = `${waiting.step} ${waiting.role}`;
        if (seen.has(seenAs)) continue;
        await onWaiting(waiting, view);
        seen.add(seenAs);
      }
      const result = await bounded(resultOfRun(client, runId));
      if (result !== undefined) return result;
    } catch (error) {
      if (!isAway(error)) throw error;
      awaySince ??= Date.now();
      if (Date.now() - awaySince > awayMsMax) {
        throw failure(
          'ServerUnavailable',
          `The run ${runId} has not answered for ${awayMsMax / 1_000} s: either the server or a worker does not answer, or the ` +
            `run’s workflow task fails. It is kept: look at it in the Temporal UI, or with \`counterpoint show ${runId}\`.`,
        );
      }
      terminal.show(
        `waiting for the server and a worker to answer (${Math.round((Date.now() - awaySince) / 1_000)} s)`,
      );
    }
    await wait(lookEveryMs, undefined, { signal });
  }
}

function progressLine({ steps, usage, waiting, state }: RunView): string {
  const done = steps.filter((step) => step.state === 'answered').length;
  const asked = waiting.map(({ role, step }) => `${role} must decide ${step}`).join(', ');
  const now = steps.findLast((step) => step.state === 'asked');
  const doing = asked === '' && now !== undefined ? `${now.name}${now.about === '' ? '' : ` (${now.about})`}` : asked;
  return [`${done} of ${steps.length} steps done`, describeSpend(usage), state, doing].filter(Boolean).join(' · ');
}
