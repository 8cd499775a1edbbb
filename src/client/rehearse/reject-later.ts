import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { Failure } from '../../contracts/failures';
import { rejectStep } from '../decisions';

const tries = 50;
const tryEveryMs = 100;

/** A step's rejection by somebody who looked at its output later. */
interface Rejection {
  readonly runId: string;
  /** The step, with the path of the child run that asked it, if one did. */
  readonly path: string;
  readonly actor: string;
}

/** Rejects a step. It may take a moment until the run knows of the step's answer; until then it refuses. */
export async function rejectLater(client: Client, { runId, path, actor }: Rejection): Promise<void> {
  const child = path.split('/').slice(0, -1);
  const asker = [runId, ...child].join('.');
  const step = path.split('/').at(-1) ?? path;
  for (let tried = 1; ; tried += 1) {
    try {
      await rejectStep(client, asker, { step, actor, feedback: 'Rejected in a rehearsal.' });
      return;
    } catch (error) {
      if (!(error instanceof Failure && error.type === 'RejectionRefused') || tried === tries) throw error;
      await wait(tryEveryMs);
    }
  }
}
