import { compactionRequestsMax, type CompactionCall } from '../../../contracts/activities';
import { Failure, failure } from '../../../contracts/failures';
import type { ModelCard } from '../../../contracts/model-card';
import type { TokenCounts } from '../../../contracts/transcript';
import { usageOf } from '../../../contracts/usage-of';
import type { Chat, ChatMessage } from '../chat';
import { withUsage } from '../conversation/with-usage';
import {
  inventedQuotes,
  readSummary,
  summaryAnswer,
  summaryMessages,
  summaryText,
  withoutQuotes,
  type ConversationSummary,
} from './conversation-summary';
import { bytesOf, piecesOf } from './record';

/** What is summarised, by whom, and within which limits, all requests together. */
export interface Summarising {
  readonly chat: Chat;
  readonly card: ModelCard;
  readonly call: Pick<CompactionCall, 'agent' | 'model' | 'limits'>;
  readonly signal: AbortSignal;
  /** What was said, as texts, oldest first. */
  readonly record: readonly string[];
  /** Bytes of the record that make a token. */
  readonly bytesPerToken: number;
  /** The most bytes that the summary may have. */
  readonly bytesMax: number;
}

/** The summary of a record takes this share of the model's context at the most. */
const summaryShare = 1 / 8;
/** No summary of a piece is asked for in fewer tokens. */
const outputTokensMin = 64;
/** Words that say what was wrong with a summary. */
const faultBytes = 1_000;
/** A piece that is too long for the model all the same is divided down to this. */
const pieceBytesMin = 1_000;
/** Halves are divided between words, so one may be a little longer. */
const halfAtMost = 0.6;
/** A summary that cannot count is asked for once more, told why. */
const attemptsMax = 2;

/**
 * Summarises a record, in as few pieces as fit the model's context. Nothing is sent that the call's limits might not
 * hold; a failure tells what was spent until then.
 *
 * @throws `ContextTooLong` when the limits do not allow it; `InvalidOutput` when a summary is empty, or in no form that
 *   can count; whatever `Chat` throws
 */
export async function summarise(
  summarising: Summarising,
): Promise<{ readonly text: string; readonly tokens: TokenCounts }> {
  const work: Work = { ...summarising, pieces: [], summaries: [], requests: 0, tokens: noTokens };
  work.pieces.push(...piecesOf(work.record, pieceBytes(work)));
  try {
    for (let piece = work.pieces.shift(); piece !== undefined; piece = work.pieces.shift()) await take(work, piece);
    const text = summaryText(work.summaries);
    if (text === '') throw refused(work, 'is empty.');
    return { text, tokens: work.tokens };
  } catch (error) {
    throw work.requests > 0 ? withUsage(error, usageOf(work.card, work.tokens)) : error;
  }
}

const noTokens: TokenCounts = { input: 0, cachedInput: 0, output: 0 };

interface Work extends Summarising {
  /** What is not summarised yet. */
  readonly pieces: string[];
  readonly summaries: ConversationSummary[];
  requests: number;
  /** What was spent so far. */
  tokens: TokenCounts;
}

/** A piece leaves room to ask for its summary twice: for the first answer, what is wrong with it, and the second. */
function pieceBytes({ card, bytesPerToken }: Work): number {
  const largest = Math.min(summaryShare * card.contextTokens, card.outputTokensMax);
  const around = Math.ceil((bytesOf(summaryMessages('').map(({ text }) => text)) + faultBytes) / bytesPerToken);
  return Math.max(pieceBytesMin, Math.floor((card.contextTokens - around - 3 * largest) * bytesPerToken));
}

/** A piece that turns out to be too long for the model is summarised in two halves. */
async function take(work: Work, piece: string): Promise<void> {
  try {
    work.summaries.push(await summaryOf(work, piece));
  } catch (error) {
    // The call's own limits are what no division helps against.
    const isTooLong = error instanceof Failure && error.type === 'ContextTooLong' && !('limits' in error.details);
    if (!isTooLong || bytesOf([piece]) < pieceBytesMin) throw error;
    work.pieces.unshift(...piecesOf([piece], Math.ceil(bytesOf([piece]) * halfAtMost)));
  }
}

/** Asks until a summary can count. A fact that is still quoted with words that nobody said is left out. */
async function summaryOf(work: Work, piece: string): Promise<ConversationSummary> {
  const messages = summaryMessages(piece);
  const outputTokensMax = outputTokens(work);
  for (let attempt = 1; ; attempt += 1) {
    const { text, isTruncated } = await send(work, messages, outputTokensMax);
    const read = readSummary({ text, isTruncated });
    const invented = 'summary' in read ? inventedQuotes(read.summary, piece) : [];
    const kept = 'summary' in read ? withoutQuotes(read.summary, invented) : undefined;
    const fault = 'fault' in read ? read.fault : faultOf(work, read.summary);
    if (kept !== undefined && invented.length === 0 && fault === undefined) return kept;
    const said = fault ?? `These quotes do not stand in the record: ${JSON.stringify(invented)}.`;
    messages.push(
      { role: 'assistant', text, requests: [] },
      { role: 'user', text: `${said.slice(0, faultBytes)} Give the summary again.` },
    );
    if (attempt < attemptsMax && isWithinLimits(work, messages, outputTokensMax)) continue;
    if (kept !== undefined && faultOf(work, kept) === undefined) return kept;
    throw refused(work, `cannot count: ${said.slice(0, faultBytes)}`);
  }
}

/** A summary that is no shorter than it must be helps nobody. */
function faultOf({ bytesMax, summaries, pieces }: Work, summary: ConversationSummary): string | undefined {
  const bytes = bytesOf([summaryText([summary])]);
  const most = Math.floor((bytesMax - bytesOf([summaryText(summaries)])) / (pieces.length + 1));
  return bytes <= most ? undefined : `It has ${bytes} bytes, and ${most} are the most. Write less.`;
}

/** What is left of the limit is divided among the pieces that are left, with one answer more for a second attempt. */
function outputTokens(work: Work): number {
  const { card, call, pieces, tokens } = work;
  const left = Math.floor((call.limits.outputTokensMax - tokens.output) / (pieces.length + 2));
  const outputTokensMax = Math.min(Math.floor(summaryShare * card.contextTokens), card.outputTokensMax, left);
  if (outputTokensMax < outputTokensMin) throw overLimits(work);
  return outputTokensMax;
}

async function send(work: Work, messages: readonly ChatMessage[], outputTokensMax: number) {
  if (!isWithinLimits(work, messages, outputTokensMax)) throw overLimits(work);
  const { chat, signal, tokens } = work;
  work.requests += 1;
  const answer = await chat({ messages: [...messages], tools: [], answer: summaryAnswer, outputTokensMax, signal });
  work.tokens = {
    input: tokens.input + answer.tokens.input,
    cachedInput: tokens.cachedInput + answer.tokens.cachedInput,
    output: tokens.output + answer.tokens.output,
  };
  return answer;
}

/** Whether one more request fits the call's limits beside one for each piece that is left. */
function isWithinLimits(work: Work, messages: readonly ChatMessage[], outputTokensMax: number): boolean {
  const { call, pieces, tokens, requests } = work;
  const others = pieces.map((piece) => inputTokens(work, summaryMessages(piece)));
  const input = others.reduce((sum, one) => sum + one, tokens.input + inputTokens(work, messages));
  const output = tokens.output + outputTokensMax * (pieces.length + 1);
  const { inputTokensMax, outputTokensMax: outputMax } = call.limits;
  return input <= inputTokensMax && output <= outputMax && requests + pieces.length < compactionRequestsMax;
}

function inputTokens({ bytesPerToken }: Work, messages: readonly ChatMessage[]): number {
  return Math.ceil(bytesOf([...messages.map(({ text }) => text), JSON.stringify(summaryAnswer)]) / bytesPerToken);
}

function overLimits({ call, record, pieces, requests }: Work): Failure {
  const { agent, model, limits } = call;
  return failure(
    'ContextTooLong',
    `The conversation of ${agent} with ${model} (${bytesOf(record)} bytes) cannot be summarised within ` +
      `${limits.inputTokensMax} tokens, ${limits.outputTokensMax} of answers and ${compactionRequestsMax} requests: ` +
      `${pieces.length + 1} pieces are left after ${requests}. Use a model with a larger context.`,
    { agent, model, limits: { ...limits } },
  );
}

/** That a summary may not stand for what it summarises. @param why ends its sentence */
function refused({ call: { agent, model } }: Work, why: string): Failure {
  return failure(
    'InvalidOutput',
    `The summary that ${model} made of the conversation of ${agent} ${why} The conversation stays as it is; use a ` +
      'model with a larger context, or one that summarises better.',
    { agent, model },
  );
}
