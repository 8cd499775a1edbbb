import { createInterface, type Interface } from 'node:readline/promises';
import { userInfo } from 'node:os';
import type { Decision } from '../contracts/decision';
import { Failure } from '../contracts/failures';
import type { RunView, WaitingView } from '../contracts/run-view';
import { describeWaiting } from './describe';
import { decide } from './runs';
import type { Session } from './session';

/** The actor that decides when nobody is there to be asked and the command was told to go on. */
const demoActor = 'demo';

/** Approves what waits as the actor `demo`, and says so. */
export async function decideAsDemo(session: Session, waiting: WaitingView, view: RunView): Promise<void> {
  session.terminal.say(
    `${waiting.step} waits for ${waiting.role}: approved by the actor "${demoActor}", because nobody is asked here.`,
  );
  const decision = { decision: 'approve', actor: demoActor, comment: 'Approved by the demo.' } as const;
  await decideUnlessDone(session, view.runId, { ...decision, ...bound(waiting) });
}

/** Asks the person at the terminal. Another answer asks again; the end of input leaves the step waiting. */
export async function askPerson(session: Session, waiting: WaitingView, view: RunView): Promise<void> {
  const { terminal, signal } = session;
  terminal.say(`\n${describeWaiting(view.runId, waiting)}\n`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is edited the terminal sends no signal: Ctrl-C comes as a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await Promise.race([askDecision(lines, signal), untilClosed(lines)]);
    if (answer === undefined) {
      terminal.say(`\n${waiting.step} is left waiting; decide it from another terminal. Ctrl-C stops.`);
      return;
    }
    const { decision, comment } = answer;
    const actor = userInfo().username;
    const about = { decision, actor, ...bound(waiting) };
    await decideUnlessDone(session, view.runId, comment === '' ? about : { ...about, comment });
  } finally {
    lines.close();
  }
}

async function askDecision(lines: Interface, signal: AbortSignal) {
  for (;;) {
    const answer = (await lines.question('Approve or reject? [a/r] ', { signal })).trim().toLowerCase();
    if (!['a', 'approve', 'r', 'reject'].includes(answer)) continue;
    const comment = (await lines.question('Comment (may be empty): ', { signal })).trim();
    return { decision: answer.startsWith('a') ? 'approve' : 'reject', comment } as const;
  }
}

function untilClosed(lines: Interface): Promise<undefined> {
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve(undefined);
    });
  });
}

/** Somebody else may decide first, or the answer to a first attempt may have been lost: then the run goes on as well. */
async function decideUnlessDone({ client, terminal }: Session, runId: string, decision: Decision): Promise<void> {
  try {
    await decide(client, runId, decision);
  } catch (error) {
    if (!(error instanceof Failure && error.type === 'DecisionRefused')) throw error;
    terminal.say(error.message);
  }
}

function bound({ step, shown }: WaitingView): Pick<Decision, 'step' | 'shown'> {
  return { step, shown };
}
