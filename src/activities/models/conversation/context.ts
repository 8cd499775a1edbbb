import type { Said } from '../../../contracts/conversation';
import type { ModelCard } from '../../../contracts/model-card';
import { readToolAnswer, type Opening, type Turn } from '../../../contracts/read-transcript';
import type { TranscriptMessage } from '../../../contracts/transcript';
import type { ChatMessage } from '../chat';
import type { TranscriptStore } from '../../stores/transcript-store';
import { estimatedTokens, type Aside } from './size';

/** A conversation as it stands, and what is said to the model now. */
export interface Going {
  readonly opening: Pick<Opening, 'messages'>;
  readonly summary?: { readonly text: string };
  readonly turns: readonly Pick<Turn, 'said' | 'answer' | 'tokens'>[];
  readonly said: readonly TranscriptMessage[];
}

/** The share of the context that one tool's answer may take, in bytes a token of the context. */
const toolAnswerBytesPerToken = 0.5;

/** The most bytes of one tool's answer that a model is shown. */
export function toolAnswerBytesMax({ contextTokens }: Pick<ModelCard, 'contextTokens'>): number {
  return Math.floor(contextTokens * toolAnswerBytesPerToken);
}

/** What is said to an agent, as its transcript keeps it: tools' answers first, as providers demand. */
export function transcribed(said: readonly Said[]): TranscriptMessage[] {
  const messages = said.map((one): TranscriptMessage => {
    if (!('call' in one)) return { role: 'user', text: one.text };
    const { call } = one;
    return 'message' in one ? { role: 'tool', call, message: one.message } : { role: 'tool', call, text: one.text };
  });
  return messages.sort((a, b) => Number(b.role === 'tool') - Number(a.role === 'tool'));
}

/**
 * The messages that a model is given. An answer after which nothing was said was cut off, and is asked for again as if
 * it had not been; a request that nothing answers, and an answer that nothing asks for, are no such messages to any
 * provider: the one is left out, the other becomes text.
 */
export async function contextMessages(
  transcripts: TranscriptStore,
  { opening, summary, turns, said }: Going,
  bytesMax: number,
): Promise<readonly ChatMessage[]> {
  const messages: ChatMessage[] = [];
  const say = async (heard: readonly TranscriptMessage[], asked: ReadonlySet<string>) => {
    for (const one of heard) messages.push(await heardAs(one, { transcripts, asked, bytesMax }));
  };
  await say(opening.messages, new Set());
  if (summary !== undefined) messages.push({ role: 'user', text: `What was said and done since:\n${summary.text}` });
  let asked: ReadonlySet<string> = new Set();
  for (const [index, turn] of turns.entries()) {
    await say(turn.said, asked);
    const next = turns[index + 1]?.said ?? said;
    const answer = next.length === 0 ? undefined : answeredBy(turn.answer, next);
    if (answer !== undefined) messages.push(answer);
    asked = new Set(answer?.requests.map(({ call }) => call));
  }
  await say(said, asked);
  return merged(messages);
}

/**
 * An upper bound, in practice, of the tokens that a request has: by its texts, or, if that is less, by what the model
 * counted in the last turn and what was said since.
 */
export function contextTokens({ turns }: Going, messages: readonly ChatMessage[], aside: Aside): number {
  const byText = estimatedTokens(messages, aside);
  const last = turns.at(-1);
  if (last === undefined || last.tokens.input === 0) return byText;
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  return Math.min(byText, last.tokens.input + last.tokens.output + estimatedTokens(since));
}

type Answer = Extract<ChatMessage, { role: 'assistant' }>;

function answeredBy(answer: TranscriptMessage, next: readonly TranscriptMessage[]): Answer | undefined {
  if (answer.role !== 'assistant') return undefined;
  const answered = new Set(next.flatMap((one) => (one.role === 'tool' ? [one.call] : [])));
  const requests = answer.requests.filter(({ call }) => answered.has(call));
  return answer.text === '' && requests.length === 0 ? undefined : { ...answer, requests };
}

interface Hearing {
  readonly transcripts: TranscriptStore;
  /** The requests that stand unanswered. */
  readonly asked: ReadonlySet<string>;
  readonly bytesMax: number;
}

async function heardAs(message: TranscriptMessage, { transcripts, asked, bytesMax }: Hearing): Promise<ChatMessage> {
  if (message.role !== 'tool') return message;
  const { call } = message;
  const text = await toolText(transcripts, message, bytesMax);
  return asked.has(call) ? { role: 'tool', call, text } : { role: 'user', text: `A tool answered:\n${text}` };
}

/** What a model is shown of a tool's answer. */
export async function toolText(
  transcripts: TranscriptStore,
  message: Extract<TranscriptMessage, { role: 'tool' }>,
  bytesMax: number,
): Promise<string> {
  if ('text' in message) return cut(message.text, bytesMax);
  return cut((await readToolAnswer((hash) => transcripts.get(hash), message.message)).text, bytesMax);
}

/** The transcript keeps the whole answer; the model is told that it does not see all of it. */
function cut(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  const shown = new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true });
  return `${shown}\n[cut off here: the first ${Buffer.byteLength(shown)} of ${bytes.length} bytes]`;
}

/** Some models' templates take no two messages of a user in a row. */
function merged(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const together: ChatMessage[] = [];
  for (const message of messages) {
    const last = together.at(-1);
    if (last?.role !== 'user' || message.role !== 'user') together.push(message);
    else together.splice(-1, 1, { role: 'user', text: `${last.text}\n\n${message.text}` });
  }
  return together;
}
