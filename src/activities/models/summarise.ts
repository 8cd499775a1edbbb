import { failure } from '../../contracts/failures';
import type { CompactionCall } from '../../contracts/activities';
import type { ModelCard } from '../../contracts/model-card';
import type { TokenCounts } from '../../contracts/transcript';
import type { Chat, ChatMessage } from './chat';
import {
  inventedQuotes,
  readSummary,
  summaryAnswer,
  summaryMessages,
  withoutQuotes,
  type ConversationSummary,
} from './conversation-summary';
import { byteLength, piecesOf } from './conversation-text';
import { usageOf } from './usage-of';

/** Who summarises, and within which limits, all requests together. */
export interface Summarising {
  readonly chat: Chat;
  readonly card: ModelCard;
  readonly call: Pick<CompactionCall, 'agent' | 'model' | 'limits'>;
  readonly signal: AbortSignal;
}

/** A record in pieces that fit the model's context. */
export interface Pieces {
  readonly pieces: readonly string[];
  /** Tokens that the summary of one piece may have. */
  readonly outputTokensMax: number;
  readonly bytesPerToken: number;
}

/** Tokens of the instructions and the schema: both are short. */
const instructionTokens = 600;
/** The summary of a record takes this share of the model's context at the most. */
const summaryShare = 1 / 8;
/** No summary of a piece is asked for in fewer tokens. */
const outputTokensMin = 64;
/** A piece that is too long for the model all the same is divided down to this. */
const pieceBytesMin = 1_000;
/** A summary that cannot count is asked for once more, told why. */
const attemptsMax = 2;

/**
 * Divides a record so that each piece, with room to ask for its summary twice, fits the model's context.
 *
 * @throws `ContextTooLong` when the call's limits do not allow it
 */
export function divideRecord(
  { card, call }: Pick<Summarising, 'card' | 'call'>,
  record: readonly string[],
  bytesPerToken: number,
): Pieces {
  const { inputTokensMax, outputTokensMax } = call.limits;
  const largest = Math.floor(Math.min(summaryShare * card.contextTokens, card.outputTokensMax, outputTokensMax / 2));
  const pieceTokens = card.contextTokens - instructionTokens - 3 * largest;
  const pieces = piecesOf(record, Math.max(pieceBytesMin, Math.floor(pieceTokens * bytesPerToken)));
  const bytes = pieces.reduce((sum, piece) => sum + byteLength(piece), 0);
  const inputTokens = Math.ceil(bytes / bytesPerToken) + pieces.length * instructionTokens;
  // One more than there are pieces, so that one can be asked for again.
  const eachMax = Math.min(largest, Math.floor(outputTokensMax / (pieces.length + 1)));
  if (inputTokens <= inputTokensMax && eachMax >= outputTokensMin) {
    return { pieces, outputTokensMax: eachMax, bytesPerToken };
  }
  throw failure(
    'ContextTooLong',
    `To summarise the conversation of ${call.agent} with ${call.model} would take ${inputTokens} tokens in ${pieces.length} requests; ${inputTokensMax} tokens, and ${outputTokensMax} of answers, are the most. Give the agent larger limits or a model with a larger context.`,
    { agent: call.agent, model: call.model, inputTokens, inputTokensMax },
  );
}

/**
 * Summarises a record piece by piece.
 *
 * @throws `InvalidOutput` when a summary has no form that can count; whatever `Chat` throws
 */
export async function summarise(
  summarising: Summarising,
  divided: Pieces,
): Promise<{ readonly summaries: readonly ConversationSummary[]; readonly tokens: TokenCounts }> {
  const asking: Asking = {
    ...summarising,
    ...divided,
    tokens: { input: 0, cachedInput: 0, output: 0 },
    awaited: divided.pieces.length,
  };
  const summaries: ConversationSummary[] = [];
  for (const [index, piece] of divided.pieces.entries()) {
    summaries.push(...(await ofPiece(asking, piece, { number: index + 1, of: divided.pieces.length })));
  }
  return { summaries, tokens: asking.tokens };
}

interface Asking extends Summarising, Pieces {
  /** What was spent so far. */
  tokens: TokenCounts;
  /** How many pieces have no summary yet. */
  awaited: number;
}

interface Place {
  readonly number: number;
  readonly of: number;
}

/** A piece that turns out to be too long for the model is summarised in two halves. */
async function ofPiece(asking: Asking, piece: string, place: Place): Promise<readonly ConversationSummary[]> {
  try {
    const summary = await ask(asking, piece, place);
    asking.awaited -= 1;
    return [summary];
  } catch (error) {
    const isTooLong = error instanceof Error && error.name === 'ContextTooLong';
    if (!isTooLong || byteLength(piece) < pieceBytesMin) throw error;
    const halves = piecesOf([piece], Math.ceil(byteLength(piece) / 2));
    asking.awaited += halves.length - 1;
    const summaries: ConversationSummary[] = [];
    for (const half of halves) summaries.push(...(await ofPiece(asking, half, place)));
    return summaries;
  }
}

/** Asks until a summary can count. A fact that is still quoted with words that nobody said is left out. */
async function ask(asking: Asking, piece: string, place: Place): Promise<ConversationSummary> {
  const messages = summaryMessages(piece, place);
  for (let attempt = 1; ; attempt += 1) {
    const { text, isTruncated } = await send(asking, messages);
    const read = readSummary({ text, isTruncated });
    const invented = 'summary' in read ? inventedQuotes(read.summary, piece) : [];
    if ('summary' in read && invented.length === 0) return read.summary;
    const fault =
      'fault' in read ? read.fault : `These quotes do not stand in the record: ${JSON.stringify(invented)}.`;
    messages.push(
      { role: 'assistant', text, requests: [] },
      { role: 'user', text: `${fault} Give the summary again.` },
    );
    if (attempt < attemptsMax && hasRoom(asking, messages)) continue;
    if ('summary' in read) return withoutQuotes(read.summary, invented);
    throw refusedSummary(asking, asking.tokens, `is in no form that can count: ${fault}`);
  }
}

async function send(asking: Asking, messages: readonly ChatMessage[]) {
  const { chat, signal, outputTokensMax, tokens } = asking;
  const answer = await chat({ messages: [...messages], tools: [], answer: summaryAnswer, outputTokensMax, signal });
  asking.tokens = {
    input: tokens.input + answer.tokens.input,
    cachedInput: tokens.cachedInput + answer.tokens.cachedInput,
    output: tokens.output + answer.tokens.output,
  };
  return answer;
}

/** Whether one more request fits the call's limits beside those that are still to come. */
function hasRoom(
  { call, tokens, outputTokensMax, awaited, pieces, bytesPerToken }: Asking,
  messages: readonly ChatMessage[],
) {
  const again = messages.reduce((sum, { text }) => sum + byteLength(text), 0);
  const rest = pieces.slice(pieces.length - awaited + 1).reduce((sum, piece) => sum + byteLength(piece), 0);
  const input = Math.ceil((again + rest) / bytesPerToken) + awaited * instructionTokens;
  const { limits } = call;
  return (
    tokens.input + input <= limits.inputTokensMax && tokens.output + awaited * outputTokensMax <= limits.outputTokensMax
  );
}

/** That a summary may not stand for what it summarises; with what was spent on it. */
export function refusedSummary({ call, card }: Pick<Summarising, 'call' | 'card'>, tokens: TokenCounts, why: string) {
  return failure(
    'InvalidOutput',
    `The summary that ${call.model} made of the conversation of ${call.agent} ${why}${why.endsWith('.') ? '' : '.'} The conversation stays as it is; use a model with a larger context, or one that summarises better.`,
    { agent: call.agent, model: call.model, usage: { ...usageOf(card, tokens) } },
  );
}
