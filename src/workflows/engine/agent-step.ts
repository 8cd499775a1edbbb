import { failure, type Failure } from '../../contracts/failures';
import type { AgentAnswer } from '../../contracts/activities';
import type { Conversation } from '../../contracts/conversation';
import type { Attempt, JournalEntry } from '../../contracts/journal';
import type { AgentCard } from '../../contracts/manifest';
import { converse, type Talk } from './agent-loop';
import { askApproval } from './approval-step';
import { ask, type Asker } from './ask';
import { callWithinBudget, type CallingStep } from './call';
import { isNearlySpent, type Execution } from './execution';
import { expectedFailure, record } from './failing';
import type { Rejection } from './journal';
import { accepting, judge, splitGates, type Gate, type GateSplit } from './gates';
import { attemptName, isPerson, nextMove, personName, type Move } from './next-move';
import { fingerprint } from './fingerprint';
import { callWhereDue } from './quick-calls';
import { groupOf, summary } from './story';
import { undoConversation } from './sweep';

/** The name under which an agent's own code answers. */
const codeModel = 'code';

/** An agent's question, with the gates that its output must pass. */
export interface AgentAsk {
  readonly name: string;
  readonly input: unknown;
  readonly about: string;
  readonly gates: readonly Gate[];
  readonly attemptsMax?: number;
}

/** Asks an agent until an output passes its gates, someone rejects, or nobody can help. */
export function askAgent(asker: Asker, agentAsk: AgentAsk): Promise<unknown> {
  const { name, input, about } = agentAsk;
  const { version } = cardOf(asker.execution, name);
  return ask(asker, { kind: 'agent', name, version, input, about }, (entry) =>
    decideUntilDone(asker.execution, entry, agentAsk),
  );
}

async function decideUntilDone(execution: Execution, entry: JournalEntry, agentAsk: AgentAsk): Promise<unknown> {
  const card = cardOf(execution, agentAsk.name);
  const cards = card.fallback === undefined ? [card] : [card, cardOf(execution, card.fallback)];
  const gates = splitGates(agentAsk.gates, execution.manifest);
  const attempts = (entry.attempts ??= []);
  const rejections = execution.journal.rejectionsOf(entry);
  const context = { execution, entry, gates, rejections };
  const told = rejections.map(({ feedback }) => feedback);
  for (;;) {
    const move = nextMove(attempts, { cards, told, isNearlySpent: isNearlySpent(execution), ...limitOf(agentAsk) });
    switch (move.move) {
      case 'accept':
        return accept(entry, attempts);
      case 'reject':
        throw failure('Rejected', `${entry.step} was rejected: ${move.feedback}`, {
          step: entry.step,
          blame: move.blame ?? entry.step,
        });
      case 'giveUp':
        await undoConversation(context);
        throw failure('StepFailed', `${entry.step} has no output that passes its gates: ${move.feedback}`, {
          step: entry.step,
        });
      case 'attempt':
        attempts.push(await attempt(context, agentAsk, move));
        break;
      case 'judge':
        // What it cost and where its transcripts stand is known of the draft.
        attempts.splice(-1, 1, {
          ...attempts.at(-1),
          ...(accepted(context, move) ?? (await judged(context, agentAsk, move))),
        });
        break;
      case 'askPerson':
        attempts.push(await supply(context, agentAsk, move));
        break;
    }
  }
}

type Judging = Extract<Move, { move: 'judge' }>;

interface StepContext extends CallingStep {
  readonly gates: GateSplit;
  /** What was said of the step's earlier answers that did not stand. */
  readonly rejections: readonly Rejection[];
}

type Trying = Extract<Move, { move: 'attempt' }>;

/** One attempt with one model, and the word of the schema and the rules on what came. */
function attempt(context: StepContext, { input }: AgentAsk, move: Trying): Promise<Attempt> {
  const { execution, entry, gates } = context;
  const { agent, model } = underWay(entry) ?? move;
  const { feedback, hasAlternative } = move;
  const card = cardOf(execution, agent);
  const asked = { execution, entry, card, model, input, feedback, rules: gates.rules, hasAlternative };
  const by = attemptName(agent, model);
  return model === codeModel ? byCode(by, context, asked) : byModel(by, asked);
}

/** One attempt by an agent's own code. */
async function byCode(
  by: string,
  context: StepContext,
  { card, model, input, feedback, rules }: Talk,
): Promise<Attempt> {
  const { execution, entry } = context;
  const agent = card.name;
  if (entry.conversation !== undefined) await undoConversation(context);
  const options = {
    activityId: `${entry.step}.${(entry.attempts?.length ?? 0) + 1}`,
    summary: summary(agent, model, entry.about, feedback.length > 0 ? 'with feedback' : ''),
    startToCloseTimeout: card.timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
  const call = { agent, model, input, feedback, rules };
  try {
    const answering = () =>
      callWhereDue(execution, card, ({ callAgent }) => callAgent.executeWithOptions(options, [call]));
    return drafted(by, await callWithinBudget(context, answering, { usageOf: ({ usage }) => usage }));
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected === undefined || execution.stopped !== undefined || expected.type === 'Cancelled') throw error;
    return { by, result: { type: 'failed', failure: record(expected) } };
  }
}

/** The conversation of an attempt that a hand-over cut: it goes on with its model, whatever is left of the budget by now. */
function underWay({ conversation, attempts = [] }: JournalEntry): Conversation | undefined {
  return conversation?.attempt === attempts.length ? conversation : undefined;
}

/** One attempt by a model: what it cost and where its transcripts stand is kept with it. */
function byModel(by: string, talk: Talk): Promise<Attempt> {
  const { execution, entry } = talk;
  return converse(talk).then(
    (output) => ({ ...drafted(by, output), ...spentOn(entry) }),
    (error: unknown) => {
      const expected = expectedFailure(error);
      if (expected === undefined || execution.stopped !== undefined || !isOfModel(expected)) throw error;
      return { by, result: { type: 'failed', failure: record(expected) }, ...spentOn(entry) };
    },
  );
}

/** Whether a failure says that this model has no output; others end the step or the run. */
function isOfModel({ type }: Failure): boolean {
  return type !== 'Cancelled' && type !== 'Rejected' && type !== 'CompensationFailed' && type !== 'OutOfBudget';
}

function spentOn({ conversation, usage }: JournalEntry): Pick<Attempt, 'usage' | 'heads'> {
  if (conversation === undefined) return {};
  const { usageBefore: before, parts } = conversation;
  return {
    usage: {
      tokens: usage.tokens - before.tokens,
      costMicroUsd: usage.costMicroUsd - before.costMicroUsd,
      calls: usage.calls - before.calls,
    },
    heads: parts.flatMap(({ head }) => head ?? []),
  };
}

const offersWithoutOutput = ['edit', 'reject', 'retry', 'reassign'] as const;

/** Asks a person, who may approve the last output, supply another, send feedback, or reject. */
async function supply(
  context: StepContext,
  agentAsk: AgentAsk,
  { output, feedback }: Extract<Move, { move: 'askPerson' }>,
): Promise<Attempt> {
  const { execution, entry } = context;
  const decided = await askApproval(
    { execution, within: entry },
    {
      name: `${agentAsk.name}Escalation`,
      about: summary(entry.about, feedback),
      of: { output, feedback, step: entry.step, round: entry.attempts?.length ?? 0 },
      role: cardOf(execution, agentAsk.name).escalateTo,
      offers: output === null ? offersWithoutOutput : ['approve', ...offersWithoutOutput],
    },
  );
  if (decided.decision === 'retry') {
    return { by: personName(decided.actor), result: { type: 'feedback', feedback: decided.comment ?? '' } };
  }
  const supplied = decided.decision === 'edit' ? decided.value : output;
  if (decided.decision === 'edit') await undoConversation(context);
  return drafted(personName(decided.actor), await check(context, agentAsk, supplied));
}

/** Holds a person's output against the agent's schema and the named rules, as an agent's output is. */
function check(context: StepContext, agentAsk: AgentAsk, output: unknown): Promise<AgentAnswer> {
  const { execution, entry, gates } = context;
  const options = {
    activityId: `${entry.step}.${(entry.attempts?.length ?? 0) + 1}`,
    summary: summary(agentAsk.name, 'check of a person’s output', entry.about),
    startToCloseTimeout: cardOf(execution, agentAsk.name).timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
  const call = { agent: agentAsk.name, input: agentAsk.input, rules: gates.rules, output };
  return callWithinBudget(context, () => context.execution.activities.checkOutput.executeWithOptions(options, [call]));
}

/** An attempt as it enters the journal before anyone else is asked about it, so that a hand-over does not lose it. */
function drafted(by: string, { output, gate, verdict }: Omit<AgentAnswer, 'usage'>): Attempt {
  const passes = verdict.verdict === 'accept';
  return { by, result: passes ? { type: 'drafted', output } : { type: 'judged', gate, verdict, output } };
}

/** The word on an output for which no gate is left. */
function accepted({ gates, rejections }: StepContext, { by, output }: Judging): Attempt | undefined {
  if (gates.functions.length + gates.reviewers.length + rejections.length > 0) return undefined;
  return { by, result: { type: 'judged', ...accepting, output } };
}

/**
 * The word of the gates that are left after the schema and the rules: pure functions, then reviewers. A person is asked
 * when reviewers cannot agree, so no reviewer overrules a person.
 */
async function judged(
  { execution, entry, gates, rejections }: StepContext,
  agentAsk: AgentAsk,
  { by, output }: Judging,
): Promise<Attempt> {
  const left = isPerson(by) ? { ...gates, reviewers: [] } : gates;
  const askReviewer = (reviewer: string) =>
    askAgent(
      { execution, within: entry },
      {
        name: reviewer,
        input: { objective: cardOf(execution, agentAsk.name).objective, input: agentAsk.input, output },
        about: `review of ${entry.step}`,
        gates: [],
      },
    );
  if (!isPerson(by) && isRepeated(output, rejections)) return { by, result: { type: 'judged', ...unchanged, output } };
  return { by, result: { type: 'judged', ...(await judge(output, left, askReviewer)), output } };
}

/** The accepted output. The attempts keep only what was said of theirs: the journal holds each output once. */
function accept(entry: JournalEntry, attempts: readonly Attempt[]): unknown {
  const last = attempts.at(-1);
  entry.attempts = attempts.map((one) =>
    one.result.type === 'judged' ? { ...one, result: { ...one.result, output: null } } : one,
  );
  return last?.result.type === 'judged' ? last.result.output : null;
}

function cardOf({ manifest }: Execution, name: string): AgentCard {
  const card = manifest.agents[name];
  if (card === undefined) {
    throw failure('UnknownAgent', `The run's manifest has no agent ${name}. Deploy a worker that has it.`, { name });
  }
  return card;
}

/** An answer that was rejected and comes again will not get better: a person must say. */
const unchanged = {
  gate: 'rework',
  verdict: { verdict: 'escalate', feedback: 'The same output was rejected before, and came again after the feedback.' },
} as const;

function isRepeated(output: unknown, rejections: readonly Rejection[]): boolean {
  return rejections.some(({ answerHash }) => answerHash === fingerprint(output));
}

function limitOf({ attemptsMax }: AgentAsk) {
  return attemptsMax === undefined ? {} : { attemptsMax };
}
