import { addUsage } from '../../contracts/usage';
import { failure } from '../../contracts/failures';
import type { AgentAnswer } from '../../contracts/activities';
import type { Attempt, JournalEntry } from '../../contracts/journal';
import type { AgentCard } from '../../contracts/manifest';
import { askApproval } from './approval-step';
import { ask } from './ask';
import { activities, callWithinBudget, oneCall } from './call';
import type { Execution } from './execution';
import { expectedFailure, record } from './failing';
import { judge, splitGates, type Gate, type GateSplit } from './gates';
import { attemptName, nextMove, personName, type Move } from './next-move';
import { groupOf, summary } from './story';

/** An agent's question, with the gates that its output must pass. */
export interface AgentAsk {
  readonly name: string;
  readonly input: unknown;
  readonly about: string;
  readonly gates: readonly Gate[];
  readonly attemptsMax?: number;
  readonly within?: string;
}

/** Asks an agent until an output passes its gates, someone rejects, or nobody can help. */
export function askAgent(execution: Execution, agentAsk: AgentAsk): Promise<unknown> {
  const card = cardOf(execution, agentAsk.name);
  return ask(execution, { kind: 'agent', version: card.version, ...agentAsk }, (entry) =>
    decideUntilDone(execution, entry, agentAsk),
  );
}

async function decideUntilDone(execution: Execution, entry: JournalEntry, agentAsk: AgentAsk): Promise<unknown> {
  const card = cardOf(execution, agentAsk.name);
  const cards = card.fallback === undefined ? [card] : [card, cardOf(execution, card.fallback)];
  const gates = splitGates(agentAsk.gates, execution.manifest);
  const attempts = (entry.attempts ??= []);
  for (;;) {
    const move = nextMove(attempts, cards, agentAsk.attemptsMax);
    switch (move.move) {
      case 'accept':
        return accept(entry, attempts);
      case 'reject':
        throw failure('Rejected', `${entry.step} was rejected: ${move.feedback}`, {
          step: entry.step,
          blame: move.blame ?? entry.step,
        });
      case 'giveUp':
        throw failure('StepFailed', `${entry.step} has no output that passes its gates: ${move.feedback}`, {
          step: entry.step,
        });
      case 'attempt':
        attempts.push(await attempt({ execution, entry, gates }, agentAsk, move));
        break;
      case 'askPerson':
        attempts.push(await supply({ execution, entry, gates }, agentAsk, move));
        break;
    }
  }
}

interface StepContext {
  readonly execution: Execution;
  readonly entry: JournalEntry;
  readonly gates: GateSplit;
}

interface Tried {
  readonly by: string;
  readonly answer: AgentAnswer;
}

/** One call to one model, and the gates' word on what came. */
async function attempt(
  context: StepContext,
  agentAsk: AgentAsk,
  { agent, model, feedback }: Extract<Move, { move: 'attempt' }>,
): Promise<Attempt> {
  const { execution, entry, gates } = context;
  const by = attemptName(agent, model);
  const options = {
    activityId: `${entry.step}.${(entry.attempts?.length ?? 0) + 1}`,
    summary: summary(agent, model, entry.about, feedback.length > 0 ? 'with feedback' : ''),
    startToCloseTimeout: cardOf(execution, agent).timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
  const call = { agent, model, input: agentAsk.input, feedback, rules: gates.rules };
  try {
    const answer = await callWithinBudget(
      execution,
      () => activities.callAgent.executeWithOptions(options, [call]),
      ({ usage }) => usage,
    );
    return await judged(context, agentAsk, { by, answer });
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected === undefined || execution.stopped !== undefined || expected.type === 'Cancelled') throw error;
    entry.usage = addUsage(entry.usage, oneCall);
    return { by, result: { type: 'failed', failure: record(expected) } };
  }
}

/** Asks a person, who may approve the last output, supply another, send feedback, or reject. */
async function supply(
  context: StepContext,
  agentAsk: AgentAsk,
  { output, feedback }: Extract<Move, { move: 'askPerson' }>,
): Promise<Attempt> {
  const { execution, entry } = context;
  const decided = await askApproval(execution, {
    name: `${agentAsk.name}Escalation`,
    about: summary(entry.about, feedback),
    of: { output, feedback, step: entry.step, round: entry.attempts?.length ?? 0 },
    role: cardOf(execution, agentAsk.name).escalateTo,
    offers: ['approve', 'edit', 'reject', 'retry', 'reassign'],
    within: entry.step,
  });
  if (decided.decision === 'retry') {
    return { by: personName(decided.actor), result: { type: 'feedback', feedback: decided.comment ?? '' } };
  }
  const supplied = decided.decision === 'edit' ? decided.value : output;
  const answer = await check(context, agentAsk, supplied);
  return judged(context, agentAsk, { by: personName(decided.actor), answer });
}

/** Holds a person's output against the agent's schema and the named rules, as an agent's output is. */
function check({ execution, entry, gates }: StepContext, agentAsk: AgentAsk, output: unknown): Promise<AgentAnswer> {
  const options = {
    activityId: `${entry.step}.${(entry.attempts?.length ?? 0) + 1}`,
    summary: summary(agentAsk.name, 'check of a person’s output', entry.about),
    startToCloseTimeout: cardOf(execution, agentAsk.name).timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
  const call = { agent: agentAsk.name, input: agentAsk.input, rules: gates.rules, output };
  return callWithinBudget(execution, () => activities.checkOutput.executeWithOptions(options, [call]));
}

/** The word of the gates that are left after the schema and the rules: pure functions, then reviewers. */
async function judged(context: StepContext, agentAsk: AgentAsk, tried: Tried): Promise<Attempt> {
  const { execution, entry, gates } = context;
  const { output, usage, ...ruled } = tried.answer;
  entry.usage = addUsage(entry.usage, usage);
  const askReviewer = (reviewer: string) =>
    askAgent(execution, {
      name: reviewer,
      input: { objective: cardOf(execution, agentAsk.name).objective, input: agentAsk.input, output },
      about: `review of ${entry.step}`,
      gates: [],
      within: entry.step,
    });
  const word = ruled.verdict.verdict === 'accept' ? await judge(output, gates, askReviewer) : ruled;
  return { by: tried.by, result: { type: 'judged', ...word, output } };
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
