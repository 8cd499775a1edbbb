import type { CompactedTranscript, CompactionCall } from '../contracts/activities';
import { failure } from '../contracts/failures';
import { readTranscript, standingConversation, type Placed, type Turn } from '../contracts/read-transcript';
import type { TokenCounts } from '../contracts/transcript';
import { cardOf, type ModelCalling } from './models/conversation/model-work';
import { summaryText } from './models/conversation-summary';
import { byteLength, messagesText } from './models/conversation-text';
import { divideRecord, refusedSummary, summarise } from './models/summarise';
import { usageOf } from './models/usage-of';
import type { TranscriptStore } from './stores/transcript-store';

/** What compaction works with: the conversations, and the models. */
export type Compacting = Pick<ModelCalling, 'transcripts' | 'models' | 'chatOf'>;

/** The newest turns are kept as they are while they take no more than this share of the model's context. */
const keptShare = 1 / 4;
/** Between these, the bytes of a token that the conversation itself shows are believed. */
const bytesPerTokenMin = 1;
const bytesPerTokenMax = 4;
const noTokens: TokenCounts = { input: 0, cachedInput: 0, output: 0 };

/**
 * Makes a conversation shorter, by the model that it is with: all but the newest turns becomes a summary, a new node
 * after the turns that it stands for, so that whoever reads the transcript still finds them. The turns that are kept
 * are said again after it; so is the last request for tools that it stands for, since its answers are still to come.
 *
 * @throws `ContextTooLong` when there is nothing to summarise, or it would take more than the call's limits;
 *   `InvalidOutput` when the summary is empty, longer than what it stands for, or in no form; whatever `Chat` throws
 */
export async function compactTranscript(
  compacting: Compacting,
  call: CompactionCall,
  signal: AbortSignal,
): Promise<CompactedTranscript> {
  const { transcripts } = compacting;
  const card = cardOf(compacting, call.model);
  const known = await textedConversation(transcripts, call.head);
  const { replaced, kept } = splitTurns(known.turns, keptShare * card.contextTokens * known.bytesPerToken);
  const last = replaced.at(-1);
  if (last === undefined) throw nothingToSummarise(call);
  const record = [...known.summary, ...replaced.map(({ text }) => text)];
  const divided = divideRecord({ card, call }, record, known.bytesPerToken);
  const { summaries, tokens } = await summarise(
    { chat: compacting.chatOf(call.model, { hasAlternative: false }), card, call, signal },
    divided,
  );
  const text = summaryText(summaries);
  if (text === '') throw refusedSummary({ card, call }, tokens, 'is empty');
  if (byteLength(text) >= bytesOf(record))
    throw refusedSummary({ card, call }, tokens, 'is longer than what it stands for');
  let head = await transcripts.put({ kind: 'summary', parent: last.hash, text, tokens });
  for (const { said, answer, tokens } of [...repeated(last), ...kept.map(({ node }) => node)]) {
    head = await transcripts.put({ kind: 'turn', parent: head, said, answer, tokens });
  }
  const bytes = bytesOf([known.opening, text, ...kept.map((turn) => turn.text)]);
  return { head, contextTokens: Math.ceil(bytes / known.bytesPerToken), usage: usageOf(card, tokens) };
}

/** A turn as a text. */
interface TextedTurn extends Placed<Turn> {
  readonly text: string;
}

/** What stands of a conversation, as texts, and how many bytes of it make a token. */
async function textedConversation(transcripts: TranscriptStore, head: string) {
  const read = await readTranscript((hash) => transcripts.get(hash), head);
  const { opening, summary, turns } = standingConversation(read);
  const texted = await Promise.all(
    turns.map(async ({ hash, node }): Promise<TextedTurn> => {
      return { hash, node, text: await messagesText(transcripts, [...node.said, node.answer]) };
    }),
  );
  const known = {
    opening: await messagesText(transcripts, opening.node.messages),
    summary: summary === undefined ? [] : [`[summary of what was said before]\n${summary.node.text}`],
    turns: texted,
  };
  const bytes = bytesOf([known.opening, ...known.summary, ...texted.map(({ text }) => text)]);
  const { input, output } = texted.at(-1)?.node.tokens ?? noTokens;
  const shown = bytes / Math.max(1, input + output);
  return { ...known, bytesPerToken: Math.min(bytesPerTokenMax, Math.max(bytesPerTokenMin, shown)) };
}

/** The turns that the summary will stand for, the newest of all if it must be, and those that are kept. */
function splitTurns(turns: readonly TextedTurn[], keptBytesMax: number) {
  let first = turns.length;
  let bytes = 0;
  while (first > 1) {
    bytes += byteLength(turns[first - 1]?.text ?? '');
    if (bytes > keptBytesMax) break;
    first -= 1;
  }
  return { replaced: turns.slice(0, first), kept: turns.slice(first) };
}

/** A request for tools is answered after it: where it was summarised it is said again, and costs nothing again. */
function repeated({ node: { answer } }: Placed<Turn>): Pick<Turn, 'said' | 'answer' | 'tokens'>[] {
  const isAsking = answer.role === 'assistant' && answer.requests.length > 0;
  return isAsking ? [{ said: [], answer, tokens: noTokens }] : [];
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + byteLength(text), 0);
}

function nothingToSummarise({ agent, model }: CompactionCall) {
  return failure(
    'ContextTooLong',
    `What ${agent} was asked is too long for ${model} already, and no turn can be summarised. Use a model with a larger context, or let the agent divide its work.`,
    { agent, model },
  );
}
