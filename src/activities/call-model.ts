import type { ModelCall, ModelDecision, ModelTurn } from '../contracts/activities';
import { Failure, failure } from '../contracts/failures';
import type { Opening } from '../contracts/read-transcript';
import type { TranscriptMessage } from '../contracts/transcript';
import { noUsage } from '../contracts/usage';
import { usageOf } from '../contracts/usage-of';
import type { ChatAnswer, ChatRequest } from './models/chat';
import {
  contextMessages,
  contextTokens,
  toolAnswerBytesMax,
  transcribed,
  type Going,
} from './models/conversation/context';
import { holdWritten } from './models/conversation/hold-written';
import { modelWork, type ModelCalling, type ModelWork } from './models/conversation/model-work';
import { openingOf } from './models/conversation/opening';
import { storedConversation } from './models/conversation/stored-conversation';
import { toolRequests } from './models/conversation/tool-requests';
import { withUsage } from './models/conversation/with-usage';

const lastTurnNotice = 'This is your last turn: there are no more tools. Write your answer now, from what you know.';

/**
 * One turn of an agent with a model: begins a conversation or goes on with it, stores the turn, and says what the model
 * decided. An output is held against its schema and its rules. A failure after the answer tells what was spent.
 *
 * @throws `ContextTooLong` when the conversation leaves no room for an answer, and whatever the `Chat` throws
 */
export async function callModel(calling: ModelCalling, call: ModelCall, signal: AbortSignal): Promise<ModelTurn> {
  const work = modelWork(calling, call);
  const conversation = await conversationOf(calling, work, call);
  const chat = calling.chatOf(call.model, { hasAlternative: call.hasAlternative ?? false });
  const lost = new AbortController();
  const request = await requestOf(calling, {
    ...{ work, conversation, call },
    signal: AbortSignal.any([signal, lost.signal]),
  });
  if ('inputTokens' in request) return notSent(request.inputTokens);
  const parent = Promise.resolve(conversation.head ?? calling.transcripts.put(conversation.opening));
  // Kept while the model is asked; a model is not asked to its end for what cannot be kept, and no writing outlives this.
  parent.catch((error: unknown) => {
    lost.abort(error);
  });
  const asked = chat(request);
  await Promise.allSettled([parent, asked]);
  const answer = await asked;
  const { text, requests, tokens } = answer;
  const usage = usageOf(work.card, tokens);
  try {
    const head = await calling.transcripts.put({
      ...{ kind: 'turn', parent: await parent, tokens },
      said: [...conversation.going.said],
      answer: { role: 'assistant', text, requests: [...requests] },
    });
    const decision = await decisionOf(calling, { work, call, opening: conversation.opening, answer, request }).catch(
      (error: unknown) => {
        throw error instanceof Failure ? error : broken(call, error);
      },
    );
    return { head, contextTokens: tokens.input + tokens.output, usage, decision };
  } catch (error) {
    throw withUsage(error, usage);
  }
}

/** A mistake of ours would come again, and every attempt would be paid for. */
function broken({ agent, model }: ModelCall, error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error);
  return failure('StepFailed', `What ${agent} had of ${model} could not be held against its rules: ${why}`, {
    ...{ agent, model },
  });
}

interface OpenConversation {
  readonly opening: Opening;
  /** The transcript's newest node; absent before the first turn. */
  readonly head?: string;
  readonly going: Going;
}

async function conversationOf(
  calling: ModelCalling,
  work: ModelWork,
  { agent, conversation, isLastTurn = false }: ModelCall,
): Promise<OpenConversation> {
  const notice: TranscriptMessage[] =
    isLastTurn && work.tools.length > 0 ? [{ role: 'user', text: lastTurnNotice }] : [];
  if (!('head' in conversation)) {
    const opening = await openingOf(calling, work, { agent, ...conversation });
    return { opening, going: { opening, turns: [], said: notice } };
  }
  const { head, said } = conversation;
  const stored = await storedConversation(calling.transcripts, head);
  return { opening: stored.opening, head, going: { ...stored, said: [...transcribed(said), ...notice] } };
}

interface Asking {
  readonly work: ModelWork;
  readonly conversation: OpenConversation;
  readonly call: ModelCall;
  readonly signal: AbortSignal;
}

/** The request, or the tokens that it would have, if they are more than the call's limit. */
async function requestOf(
  { transcripts }: ModelCalling,
  { work, conversation, call, signal }: Asking,
): Promise<ChatRequest | { readonly inputTokens: number }> {
  const { card, answer, answerTokensMin } = work;
  const tools = call.isLastTurn === true ? [] : work.tools;
  const messages = await contextMessages(transcripts, conversation.going, toolAnswerBytesMax(card));
  const inputTokens = contextTokens(conversation.going, messages, { tools, answer });
  const room = card.contextTokens - inputTokens;
  const { inputTokensMax, outputTokensMax } = call.limits;
  if (room < Math.min(answerTokensMin, outputTokensMax)) {
    throw failure(
      'ContextTooLong',
      `The conversation of ${call.agent} with ${card.name} has up to ${inputTokens} tokens; its context of ` +
        `${card.contextTokens} leaves no room for an answer. Shorten it, or use a model with a longer context.`,
      { agent: call.agent, model: card.name, inputTokens, contextTokens: card.contextTokens },
    );
  }
  if (inputTokens > inputTokensMax) return { inputTokens };
  return { messages, tools, answer, outputTokensMax: Math.min(outputTokensMax, card.outputTokensMax, room), signal };
}

function notSent(inputTokens: number): ModelTurn {
  return { contextTokens: 0, usage: noUsage, decision: { type: 'overLimit', inputTokens } };
}

interface Answered {
  readonly work: ModelWork;
  readonly call: Pick<ModelCall, 'agent' | 'rules'>;
  readonly opening: Opening;
  readonly answer: ChatAnswer;
  readonly request: ChatRequest;
}

async function decisionOf(
  calling: ModelCalling,
  { work, call, opening, answer, request }: Answered,
): Promise<ModelDecision> {
  if (answer.isTruncated) return { type: 'truncated' };
  if (answer.requests.length > 0 && request.tools.length > 0) {
    return { type: 'tools', requests: toolRequests(calling.tools, work.agent, answer.requests) };
  }
  const { agent, rules } = call;
  const { input, part, parts } = opening;
  const held = await holdWritten(calling, work, { agent, rules, input, part, parts, text: answer.text });
  return { type: 'output', ...held, parts };
}
