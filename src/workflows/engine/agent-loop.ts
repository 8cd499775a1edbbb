import {
  compactionRequestsMax,
  type AgentAnswer,
  type ModelDecision,
  type ModelTurn,
} from '../../contracts/activities';
import type { Conversation, ConversationPart, NumberedRequest, ToolRequest } from '../../contracts/conversation';
import { failure } from '../../contracts/failures';
import { agentLimitsDefault, type AgentCard } from '../../contracts/manifest';
import { addUsage, type Usage } from '../../contracts/usage';
import { callWithinBudget, type CallingStep } from './call';
import { expectedFailure } from './failing';
import { fingerprint } from './fingerprint';
import { accepting } from './gates';
import { answerRequests } from './model-tools';
import { compactionNeeds, needsOf } from './model-needs';
import { groupOf, summary } from './story';
import { leftOfStep, limitExceeded, usageOfStep } from './step-limits';
import { undoConversation } from './sweep';
import { together } from './together';

/** What one attempt at an agent step talks to a model about. */
export interface Talk extends CallingStep {
  readonly card: AgentCard;
  readonly model: string;
  readonly input: unknown;
  /** What earlier attempts were told, oldest first. */
  readonly feedback: readonly string[];
  readonly rules: readonly string[];
  readonly hasAlternative: boolean;
  /** What parts that are worked at together know of each other. Default: nothing. */
  readonly siblings?: { readonly hasFailed: boolean };
}

type Output = Extract<ModelDecision, { readonly type: 'output' }>;

/** How often a model may put one question to one tool in one conversation. */
const sameRequestMax = 3;
const longerAnswer = 2;
/** A call whose size was estimated too low is made again with the size that was found. */
const sizingsMax = 3;

const patient = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' } as const;
/** With something else to try, a model that is down is given up soon; without, it is waited for about five minutes. */
const attemptsWithAlternative = 3;
const attemptsWithout = 14;

/**
 * Talks with a model until every part of the agent's work has an output: model call, tool calls, and again. A
 * conversation goes on from attempt to attempt with the same model, and through a hand-over; when another begins, what
 * the tools did for the one before is undone first.
 *
 * @throws the failure for which this model has no output: the next one may
 */
export async function converse(talk: Talk): Promise<Omit<AgentAnswer, 'usage'>> {
  const underWay = goneOnWith(talk);
  // Nothing is awaited where nothing is to be undone: the first question is asked in the same moment.
  if (underWay === undefined && talk.entry.conversation !== undefined) await undoConversation(talk);
  const conversation = underWay ?? begun(talk);
  const { parts } = conversation;
  const first = await outputOf(talk, conversation, 0);
  while (parts.length < first.parts) parts.push(newPart());
  if (parts.length === 1) return first;
  const siblings = { hasFailed: false };
  const rest = await together(
    parts.slice(1).map((_part, at) => () => outputOf({ ...talk, siblings }, conversation, at + 1)),
    () => (siblings.hasFailed = true),
  );
  const wrong = [first, ...rest].find(({ verdict }) => verdict.verdict !== 'accept');
  if (wrong !== undefined) return wrong;
  const call = {
    agent: talk.card.name,
    model: talk.model,
    heads: parts.flatMap(({ head = '' }) => head),
    rules: talk.rules,
  };
  return callWithinBudget(talk, () =>
    talk.execution.activities.joinParts.executeWithOptions(
      optionsOf(talk, `${conversation.attempt + 1}.join`, 'join'),
      [call],
    ),
  );
}

/** The conversation under way, told what was said of its last output, when it is one with this model. */
function goneOnWith({ entry, card, model, feedback }: Talk): Conversation | undefined {
  const attempts = entry.attempts ?? [];
  const known = entry.conversation;
  if (known?.attempt === attempts.length) return known;
  const last = attempts.at(-1);
  const goesOn = known?.agent === card.name && known.model === model && last?.result.type === 'judged';
  if (known === undefined || !goesOn) return undefined;
  Object.assign(known, { attempt: attempts.length, usageBefore: entry.usage });
  const isWhole = known.parts.every(({ isDone }) => isDone === true);
  for (const part of known.parts) if (isWhole) goOn(part, feedback.at(-1) ?? '');
  return known;
}

function begun({ entry, card, model }: Talk): Conversation {
  const attempt = entry.attempts?.length ?? 0;
  return (entry.conversation = { agent: card.name, model, attempt, usageBefore: entry.usage, parts: [newPart()] });
}

function newPart(): ConversationPart {
  return { said: [], asked: {}, turns: 0, contextTokens: 0 };
}

function goOn(part: ConversationPart, text: string): void {
  delete part.isDone;
  part.said = [{ text }];
}

/** Takes turns until the part has an output; one that must be mended is told so in the next attempt. */
async function outputOf(talk: Talk, conversation: Conversation, at: number): Promise<Output> {
  const part = conversation.parts[at];
  if (part === undefined) throw new Error(`Expected a part ${at}.`);
  if (part.isDone === true) return stands(conversation);
  for (;;) {
    if (part.requests !== undefined) {
      const conversing = { ...talk, conversation: `${conversation.attempt + 1}.${at + 1}` };
      part.said = await answerRequests(conversing, part.requests);
      delete part.requests;
    }
    if (talk.siblings?.hasFailed === true) throw failure('StepFailed', 'Another part of the work has failed.');
    const { decision } = await turn(talk, { conversation, part, at });
    switch (decision.type) {
      case 'output':
        if (decision.verdict.verdict === 'accept') part.isDone = true;
        else if ('feedback' in decision.verdict) part.said = [{ text: decision.verdict.feedback }];
        return decision;
      case 'tools':
        takeRequests(talk, part, decision.requests);
        break;
      case 'truncated':
        if (part.outputTokensMax !== undefined) return cutOff(part);
        part.outputTokensMax = longerAnswer * limitsOf(talk.card).outputTokensMax;
        part.said = [{ text: 'Your answer was cut off. Give it again, whole.' }];
        break;
      case 'overLimit':
        throw new Error('Expected a call that was not sent to be made again.');
    }
  }
}

/** An output that was accepted before is not asked for again: it stands in the part's transcript, where it is joined. */
function stands({ parts }: Conversation): Output {
  return { type: 'output', output: null, ...accepting, parts: parts.length };
}

/** An answer that is too long even for the larger limit goes back like one that does not fit its schema. */
function cutOff(part: ConversationPart): Output {
  const feedback = `The answer was cut off at ${part.outputTokensMax ?? 0} tokens. Give a shorter one.`;
  part.said = [{ text: feedback }];
  return { type: 'output', output: null, gate: 'schema', verdict: { verdict: 'retry', feedback }, parts: 1 };
}

/** Numbers what is asked equally, so that a later execution finds each answer again. */
function takeRequests({ entry, model }: Talk, part: ConversationPart, requests: readonly ToolRequest[]): void {
  const asked = { ...part.asked };
  part.requests = requests.map((request): NumberedRequest => {
    const key = fingerprint([request.tool, request.arguments]);
    const ordinal = asked[key] ?? 0;
    asked[key] = ordinal + 1;
    if (ordinal < sameRequestMax) return { ...request, ordinal };
    throw failure(
      'Loop',
      `${model} asked ${request.tool} the same more than ${sameRequestMax} times in ${entry.step}.`,
      {
        step: entry.step,
        tool: request.tool,
      },
    );
  });
  part.asked = asked;
}

interface Turning {
  readonly conversation: Conversation;
  readonly part: ConversationPart;
  readonly at: number;
}

/** One turn; a transcript that is too long for the model is made shorter, once. */
function turn(talk: Talk, turning: Turning): Promise<ModelTurn> {
  const { part } = turning;
  return sized(talk, turning).then(
    (taken) => {
      part.head = taken.head ?? part.head ?? '';
      part.turns += 1;
      part.contextTokens = taken.contextTokens;
      part.said = [];
      delete part.isCompacted;
      return taken;
    },
    async (error: unknown) => {
      const { head, isCompacted } = part;
      if (expectedFailure(error)?.type !== 'ContextTooLong' || head === undefined || isCompacted) throw error;
      await compact(talk, { ...turning, head });
      return turn(talk, turning);
    },
  );
}

/** Makes a call with the room that it turns out to need. */
async function sized(talk: Talk, { conversation, part, at }: Turning): Promise<ModelTurn> {
  const { card, model, rules, hasAlternative, input, feedback } = talk;
  // What is as a rule is left out: each call is in the history.
  const beginning = { input, ...(feedback.length > 0 ? { feedback } : {}), ...(at > 0 ? { part: at } : {}) };
  const state = part.head === undefined ? beginning : { head: part.head, said: part.said };
  const told = {
    ...(part.turns + 1 >= limitsOf(card).turnsMax ? { isLastTurn: true } : {}),
    ...(hasAlternative ? { hasAlternative } : {}),
  };
  const options = {
    ...optionsOf(talk, `${conversation.attempt + 1}.${at + 1}.${part.turns + 1}`, model),
    retry: retryOf(talk),
  };
  let inputTokens: number | undefined;
  for (let sizing = 1; ; sizing++) {
    const { limits, needs } = needsOf(talk, part, inputTokens);
    assertWithinStep(talk, needs);
    const call = { agent: card.name, model, conversation: state, rules, limits, ...told };
    const taken = await callWithinBudget(
      talk,
      () => talk.execution.activities.callModel.executeWithOptions(options, [call]),
      {
        needs,
        usageOf: ({ usage }) => usage,
      },
    );
    if (taken.decision.type !== 'overLimit') return taken;
    if (sizing === sizingsMax) throw failure('StepFailed', `The size of a call for ${talk.entry.step} was not found.`);
    inputTokens = taken.decision.inputTokens;
  }
}

/** A step that has taken what one step of its agent may take gives no output by a model: then a person is asked. */
function assertWithinStep({ execution: { journal, ledger }, entry, card }: Talk, needs: Usage): void {
  const usage = addUsage(usageOfStep(journal.entries, entry), ledger.reservedFor(entry.step));
  const exceeded = limitExceeded(leftOfStep(card, { askedAt: entry.askedAt, usage }, Date.now()), needs);
  if (exceeded === undefined) return;
  throw failure('StepFailed', `${entry.step} would exceed the ${exceeded} that one step of ${card.name} may take.`, {
    step: entry.step,
    unit: exceeded,
  });
}

/** Has the model shorten its transcript. Where it cannot, this model has no output. */
async function compact(
  talk: Talk,
  { conversation, part, at, head }: Turning & { readonly head: string },
): Promise<void> {
  const { card, model, hasAlternative } = talk;
  const { limits, needs } = compactionNeeds(talk, part);
  assertWithinStep(talk, needs);
  const call = { agent: card.name, model, limits, hasAlternative, head, said: part.said };
  const id = `${conversation.attempt + 1}.${at + 1}.compact-${part.turns}`;
  const { startToCloseTimeout, ...options } = { ...optionsOf(talk, id, 'compaction'), retry: retryOf(talk) };
  const timeout = { startToCloseTimeout: startToCloseTimeout * compactionRequestsMax };
  const compacted = await callWithinBudget(
    talk,
    () => talk.execution.activities.compactTranscript.executeWithOptions({ ...options, ...timeout }, [call]),
    { needs, usageOf: ({ usage }) => usage },
  );
  part.head = compacted.head;
  part.contextTokens = compacted.contextTokens;
  part.isCompacted = true;
}

function retryOf({ hasAlternative }: Talk) {
  return { ...patient, maximumAttempts: hasAlternative ? attemptsWithAlternative : attemptsWithout };
}

function limitsOf({ limits = agentLimitsDefault }: AgentCard) {
  return limits;
}

function optionsOf({ execution, entry, card, model }: Talk, id: string, what: string) {
  const timeoutMs = Math.max(card.timeoutMs, execution.manifest.models?.[model]?.timeoutMs ?? 0);
  return {
    activityId: `${entry.step}.${id}`,
    summary: summary(card.name, what, entry.about),
    startToCloseTimeout: timeoutMs,
    eventGroups: groupOf(entry.step, entry.about),
  };
}
