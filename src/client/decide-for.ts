import { createInterface } from 'node:readline/promises';
import { userInfo } from 'node:os';
import type { Decision } from '../contracts/decision';
import type { RunView, WaitingView } from '../contracts/run-view';
import { describeWaiting } from './describe';
import { decide } from './runs';
import type { Session } from './session';

/** The actor that decides when nobody is there to be asked and the command was told to go on. */
export const demoActor = 'demo';

/** Approves what waits as the actor `demo`, and says so. */
export async function decideAsDemo({ client, terminal }: Session, waiting: WaitingView, view: RunView): Promise<void> {
  terminal.say(
    `${waiting.step} waits for ${waiting.role}: approved by the actor "${demoActor}", because nobody is asked here.`,
  );
  await decide(client, view.runId, {
    decision: 'approve',
    actor: demoActor,
    comment: 'Approved by the demo.',
    ...bound(waiting),
  });
}

/** Asks the person at the terminal. An empty answer asks again; the end of input leaves the step waiting. */
export async function askPerson(
  { client, terminal, signal }: Session & { readonly signal: AbortSignal },
  waiting: WaitingView,
  view: RunView,
): Promise<void> {
  terminal.say(`\n${describeWaiting(view.runId, waiting)}\n`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await lines.question('Approve or reject? [a/r] ', { signal })).trim().toLowerCase();
      if (answer !== 'a' && answer !== 'r' && answer !== 'approve' && answer !== 'reject') continue;
      const comment = (await lines.question('Comment (may be empty): ', { signal })).trim();
      const decision: Decision = {
        decision: answer.startsWith('a') ? 'approve' : 'reject',
        actor: userInfo().username,
        ...(comment === '' ? {} : { comment }),
        ...bound(waiting),
      };
      await decide(client, view.runId, decision);
      return;
    }
  } finally {
    lines.close();
  }
}

function bound({ step, shown }: WaitingView): Pick<Decision, 'step' | 'shown'> {
  return { step, shown };
}
