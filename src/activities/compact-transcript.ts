import type { CompactedTranscript, CompactionCall } from '../contracts/activities';
import { failure } from '../contracts/failures';
import type { Turn } from '../contracts/read-transcript';
import type { TokenCounts } from '../contracts/transcript';
import { usageOf } from '../contracts/usage-of';
import { bytesPerToken } from '../contracts/token-estimate';
import { bytesOf, recordOf } from './models/compaction/record';
import { summarise } from './models/compaction/summarise';
import { contextMessages, toolAnswerBytesMax, transcribed, type Going } from './models/conversation/context';
import { modelWork, type ModelCalling, type ModelWork } from './models/conversation/model-work';
import { estimatedTokens } from './models/conversation/size';
import { storedConversation, type StoredConversation } from './models/conversation/stored-conversation';

/** The newest turns are kept as they are while they take no more than this share of the model's context. */
const keptShare = 1 / 4;
/** Of what is free beside the opening and what is said next, the summary may take this share. */
const summaryShareOfFree = 1 / 2;
/** For words of the engine that are not known yet: notice of the last turn. */
const spareTokens = 64;
/** A summary needs this much at the least. */
const summaryTokensMin = 64;
/** Between these, the bytes of a token that the conversation itself shows are believed. */
const shownMin = 1;
const shownMax = 4;
const noTokens: TokenCounts = { input: 0, cachedInput: 0, output: 0 };

/**
 * Makes a conversation shorter, by the model that it is with: all but the newest turns becomes a summary, a new node
 * after the turns that it stands for, so that whoever reads the transcript still finds them. The turns that are kept
 * are said again after it; so is the last request for tools that it stands for, since its answers are still to come.
 *
 * @throws `ContextTooLong` when there is nothing to summarise, no room even for a short summary, or it would take more
 *   than the call's limits; `InvalidOutput` when the summary is empty, too long, or in no form; whatever `Chat` throws
 */
export async function compactTranscript(
  calling: ModelCalling,
  call: CompactionCall,
  signal: AbortSignal,
): Promise<CompactedTranscript> {
  const { transcripts } = calling;
  const work = modelWork(calling, call);
  const stored = await storedConversation(transcripts, call.head);
  const said = transcribed(call.said);
  const texted = await textedConversation(calling, work, stored);
  const freeTokens =
    roomBeside(work, call) - (await sizeOf(calling, work, { opening: stored.opening, turns: [], said }));
  const { replaced, kept } = splitTurns(texted.turns, Math.min(freeTokens / 2, keptShare * work.card.contextTokens));
  const last = replaced.at(-1);
  const summaryTokens = freeTokens * summaryShareOfFree;
  if (last === undefined || summaryTokens < summaryTokensMin) throw nothingToGain(call);
  const record = [...texted.summary, ...replaced.map(({ text }) => text)];
  const { text, tokens } = await summarise({
    chat: calling.chatOf(call.model, { hasAlternative: call.hasAlternative ?? false }),
    ...{ card: work.card, call, signal, record, bytesPerToken: texted.bytesPerToken },
    bytesMax: Math.min(bytesOf(record) - 1, Math.floor(summaryTokens * bytesPerToken)),
  });
  const standing = [...repeated(last.turn), ...kept.map(({ turn }) => turn)];
  let head = await transcripts.put({ kind: 'summary', parent: kept[0]?.turn.parent ?? call.head, text, tokens });
  for (const { said, answer, tokens } of standing) {
    head = await transcripts.put({ kind: 'turn', parent: head, said, answer, tokens });
  }
  const going = { opening: stored.opening, summary: { text }, turns: standing, said: [] };
  return { head, contextTokens: await sizeOf(calling, work, going), usage: usageOf(work.card, tokens) };
}

/** Tokens that the conversation may have, so that the model can answer. */
function roomBeside({ card, answerTokensMin }: ModelWork, { limits }: CompactionCall): number {
  return card.contextTokens - Math.min(answerTokensMin, limits.outputTokensMax) - spareTokens;
}

/** Tokens of a conversation, as they are estimated before it is sent. */
async function sizeOf(
  { transcripts }: ModelCalling,
  { card, tools, answer }: ModelWork,
  going: Going,
): Promise<number> {
  return estimatedTokens(await contextMessages(transcripts, going, toolAnswerBytesMax(card)), { tools, answer });
}

/** A turn, and its text. */
interface TextedTurn {
  readonly turn: Turn;
  readonly text: string;
}

/** What stands of a conversation, as texts, and how many bytes of it make a token. */
async function textedConversation(
  { transcripts }: ModelCalling,
  { card, tools, answer }: ModelWork,
  { opening, summary, turns }: StoredConversation,
) {
  const bytesMax = toolAnswerBytesMax(card);
  const texted = await Promise.all(
    turns.map(async (turn): Promise<TextedTurn> => {
      return { turn, text: await recordOf(transcripts, [...turn.said, turn.answer], bytesMax) };
    }),
  );
  const texts = {
    summary: summary === undefined ? [] : [`[summary of what was said before]\n${summary.text}`],
    turns: texted,
  };
  const begun = await recordOf(transcripts, opening.messages, bytesMax);
  const bytes = bytesOf([JSON.stringify([tools, answer]), begun, ...texts.summary, ...texted.map(({ text }) => text)]);
  const { input, output } = turns.at(-1)?.tokens ?? noTokens;
  const shown = input === 0 ? bytesPerToken : bytes / (input + output);
  return { ...texts, bytesPerToken: Math.min(shownMax, Math.max(shownMin, shown)) };
}

/** The turns that the summary will stand for, the newest of all if it must be, and those that are kept. */
function splitTurns(turns: readonly TextedTurn[], keptTokensMax: number) {
  let first = turns.length;
  let bytes = 0;
  while (first > 1) {
    bytes += bytesOf([turns[first - 1]?.text ?? '']);
    if (bytes / bytesPerToken > keptTokensMax) break;
    first -= 1;
  }
  return { replaced: turns.slice(0, first), kept: turns.slice(first) };
}

/** A request for tools is answered after it: where it was summarised it is said again, and costs nothing again. */
function repeated({ answer }: Turn): Pick<Turn, 'said' | 'answer' | 'tokens'>[] {
  const isAsking = answer.role === 'assistant' && answer.requests.length > 0;
  return isAsking ? [{ said: [], answer, tokens: noTokens }] : [];
}

function nothingToGain({ agent, model }: CompactionCall) {
  return failure(
    'ContextTooLong',
    `What ${agent} was asked, and is told now, is too long for ${model} already: a summary of the turns between would not help. Use a model with a larger context, or let the agent divide its work.`,
    { agent, model },
  );
}
