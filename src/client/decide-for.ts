import { userInfo } from 'node:os';
import type { Decision, DecisionKind } from '../contracts/decision';
import { Failure } from '../contracts/failures';
import type { RunView, WaitingView } from '../contracts/run-view';
import { askYesNo, withPerson, type AskLine } from './ask-line';
import { decide, previewRejection } from './decisions';
import { decideCommands, describeWaiting } from './describe';
import { describePreview } from './describe-rejection';
import { ifRejected, isRejectable } from './if-rejected';
import type { Session } from './session';
import { oneLine } from './terminal';

/** The actor that decides when nobody is there to be asked and the command was told to go on. */
const demoActor = 'demo';

/** What a person can answer in one letter, where the step offers it: the word, and its first letter. */
const words = {
  approve: 'approve',
  reject: 'reject',
  undoneByHand: 'undone-by-hand',
  tryAgain: 'try-again',
} as const satisfies Partial<Record<DecisionKind, string>>;
type Answer = keyof typeof words;
const answers = Object.keys(words) as Answer[]; // the keys of a literal are its type's keys

/**
 * Approves what waits as the actor `demo`, or rejects it where there is nothing to approve, and says so. What became of
 * an effect in the world is for a person to say: that is left waiting.
 */
export async function decideAsDemo(session: Session, waiting: WaitingView, view: RunView): Promise<void> {
  const { terminal } = session;
  const isToApprove = waiting.offers.includes('approve');
  if (!isToApprove && !isRejectable(waiting)) {
    terminal.say(
      `${waiting.step} waits for ${oneLine(waiting.role)}, and the actor "${demoActor}" cannot know what became of it. ` +
        `Decide it from another terminal:\n${decideCommands(view.runId, waiting.step, waiting.offers)}`,
    );
    return;
  }
  terminal.say(
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
  terminal.say(`\n${describeWaiting(view.runId, waiting, ifRejected(view))}\n`);
  const offered = answers.filter((kind) => waiting.offers.includes(kind));
  const others = waiting.offers.filter((kind) => !offered.some((one) => one === kind));
  if (others.length > 0) {
    terminal.say(`From another terminal also:\n${decideCommands(view.runId, waiting.step, others)}\n`);
  }
  const answer = await withPerson(signal, (askLine) => askDecision(session, askLine, { offered, waiting, view }));
  if (answer === undefined) {
    terminal.say(`\n${waiting.step} is left waiting; decide it from another terminal. Ctrl-C stops.`);
    return;
  }
  await decideUnlessDone(session, view.runId, { ...answer, actor: userInfo().username, ...bound(waiting) });
}

interface Asked {
  readonly offered: readonly Answer[];
  readonly waiting: WaitingView;
  readonly view: RunView;
}

/** A decision as the person at the terminal words it; nothing when the input ends first. */
export async function askDecision(session: Session, askLine: AskLine, { offered, waiting, view }: Asked) {
  const letters = offered.map((kind) => words[kind].charAt(0)).join('/');
  const question = `Your decision: ${offered.map((kind) => words[kind]).join(' or ')}? [${letters}] `;
  for (;;) {
    const answer = (await askLine(question))?.trim().toLowerCase();
    if (answer === undefined) return undefined;
    const decision = offered.find((kind) => answer === words[kind] || answer === words[kind].charAt(0));
    if (decision === undefined) continue;
    const blame = decision === 'reject' && isRejectable(waiting) ? await askBlame(session, askLine, view) : '';
    if (blame === undefined) return undefined;
    const comment = (await askLine('Comment (may be empty): '))?.trim();
    if (comment === undefined) return undefined;
    const said = comment === '' ? {} : { comment };
    return decision === 'reject' && blame !== '' ? { decision, blame, ...said } : { decision, ...said };
  }
}

/** The step to blame, after the person has seen what that undoes; empty for none, nothing when the input ends. */
async function askBlame({ client, terminal }: Session, askLine: AskLine, { runId }: RunView) {
  for (;;) {
    const blame = (await askLine('The step to blame, which is then done again (empty: none, the run ends): '))?.trim();
    if (blame === undefined || blame === '') return blame;
    try {
      terminal.say(describePreview(await previewRejection(client, runId, blame)));
    } catch (error) {
      if (!(error instanceof Failure && error.type === 'RejectionRefused')) throw error;
      terminal.say(oneLine(error.message));
      continue;
    }
    if (await askYesNo(askLine, `Blame ${oneLine(blame)}?`)) return blame;
  }
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
