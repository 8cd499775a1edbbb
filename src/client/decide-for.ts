import { createInterface, type Interface } from 'node:readline/promises';
import { userInfo } from 'node:os';
import type { Decision, DecisionKind } from '../contracts/decision';
import { Failure } from '../contracts/failures';
import type { RunView, WaitingView } from '../contracts/run-view';
import { decideCommands, describeWaiting } from './describe';
import { decide } from './runs';
import type { Session } from './session';
import { oneLine } from './terminal';

/** The actor that decides when nobody is there to be asked and the command was told to go on. */
const demoActor = 'demo';

/** What a person can answer in one letter, where the step offers it. */
const answers = ['approve', 'reject'] as const satisfies readonly DecisionKind[];
type Answer = (typeof answers)[number];

/** Approves what waits as the actor `demo`, or rejects it where there is nothing to approve, and says so. */
export async function decideAsDemo(session: Session, waiting: WaitingView, view: RunView): Promise<void> {
  const isToApprove = waiting.offers.includes('approve');
  session.terminal.say(
    `${waiting.step} waits for ${oneLine(waiting.role)}: ${isToApprove ? 'approved' : 'rejected'} by the actor ` +
      `"${demoActor}", because nobody is asked here${isToApprove ? '' : ' and there is nothing to approve'}.`,
  );
  const decision = isToApprove
    ? ({ decision: 'approve', comment: 'Approved by the demo.' } as const)
    : ({ decision: 'reject', comment: 'Rejected by the demo: there was nothing to approve.' } as const);
  await decideUnlessDone(session, view.runId, { ...decision, actor: demoActor, ...bound(waiting) });
}

/** Asks the person at the terminal. Another answer asks again; the end of input leaves the step waiting. */
export async function askPerson(session: Session, waiting: WaitingView, view: RunView): Promise<void> {
  const { terminal, signal } = session;
  terminal.say(`\n${describeWaiting(view.runId, waiting)}\n`);
  const offered = answers.filter((kind) => waiting.offers.includes(kind));
  const others = waiting.offers.filter((kind) => !offered.some((one) => one === kind));
  if (others.length > 0) {
    terminal.say(`From another terminal also:\n${decideCommands(view.runId, waiting.step, others)}\n`);
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is edited the terminal sends no signal: Ctrl-C comes as a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await Promise.race([askDecision(lines, offered, signal), untilClosed(lines)]);
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

async function askDecision(lines: Interface, offered: readonly Answer[], signal: AbortSignal) {
  const question = `Your decision: ${offered.join(' or ')}? [${offered.map((kind) => kind.charAt(0)).join('/')}] `;
  for (;;) {
    const answer = (await lines.question(question, { signal })).trim().toLowerCase();
    const decision = offered.find((kind) => answer === kind || answer === kind.charAt(0));
    if (decision === undefined) continue;
    const comment = (await lines.question('Comment (may be empty): ', { signal })).trim();
    return { decision, comment };
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
    terminal.say(oneLine(error.message));
  }
}

function bound({ step, shown }: WaitingView): Pick<Decision, 'step' | 'shown'> {
  return { step, shown };
}
