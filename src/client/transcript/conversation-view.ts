import type { Said } from '../../contracts/conversation';
import { canonicalJson } from '../../contracts/json';
import type { ModelCard } from '../../contracts/model-card';
import {
  readToolAnswer,
  readTranscript,
  type Opening,
  type Placed,
  type ReadNode,
  type Summary,
  type Turn,
} from '../../contracts/read-transcript';
import type { TokenCounts, TranscriptMessage } from '../../contracts/transcript';
import { usageOf } from '../../contracts/usage-of';

/** What a model was told beside the answers to its requests. */
export interface Heard {
  readonly role: 'system' | 'user' | 'tool';
  readonly text: string;
}

/** A tool that a model asked for, and what it was answered; `null` when it was not, or not yet. */
export interface RequestView {
  readonly call: string;
  readonly tool: string;
  /** As the model wrote them. */
  readonly arguments: string;
  readonly answer: string | null;
}

/** What an answer took. The cost is integer micro-dollars; `null` when the run does not know the model's prices. */
interface Spent {
  readonly tokens: TokenCounts;
  readonly costMicroUsd: number | null;
}

/** What came one after the other in a conversation. Turns are numbered from 1 through the whole conversation. */
export type ConversationEntry =
  | { readonly kind: 'opening'; readonly hash: string; readonly said: readonly Heard[] }
  | ({
      readonly kind: 'turn';
      readonly hash: string;
      readonly turn: number;
      readonly said: readonly Heard[];
      readonly text: string;
      readonly requests: readonly RequestView[];
    } & Spent)
  /** What the model is told from here on in place of the turns up to and with this one. */
  | ({
      readonly kind: 'summary';
      readonly hash: string;
      readonly standsForTurnsTo: number;
      readonly text: string;
    } & Spent)
  /** A turn that was kept as it was when those before it were summarised; it cost nothing again. */
  | { readonly kind: 'saidAgain'; readonly hash: string; readonly turn: number };

/** A conversation's end, as far as the journal knows more of it than the transcript. */
export interface ConversationEnd {
  readonly head: string;
  /** What the model is to be told next. */
  readonly said: readonly Said[];
}

/** A conversation as far as it was shown: a later attempt may go on with it. */
export interface ShownConversation {
  readonly opening: string;
  readonly hashes: ReadonlySet<string>;
  /** The numbers of turns, by their content. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The content of the newest turn. */
  readonly last: string | undefined;
}

/** What of a conversation is to be shown, and what is then known of it. */
export interface ConversationView {
  readonly opening: Opening;
  readonly entries: readonly ConversationEntry[];
  readonly shown: ShownConversation;
}

/** Where a conversation's nodes are read, and the models that it may be with. */
export interface Reading {
  readonly read: ReadNode;
  readonly models: Readonly<Record<string, ModelCard>>;
}

/**
 * Reads a conversation from its opening to its end, or from where an earlier attempt left it.
 *
 * @throws `TranscriptMissing`
 */
export async function viewConversation(
  { read, models }: Reading,
  end: ConversationEnd,
  before?: ShownConversation,
): Promise<ConversationView> {
  const { opening, since } = await readTranscript(read, end.head);
  const goesOn =
    before?.opening === opening.hash &&
    since.some(({ node }) => node.kind === 'turn' && contentOf(node) === before.last);
  const known = goesOn ? before : undefined;
  const numbers = new Map(known?.numbers);
  const model = models[opening.node.model];
  const entries: ConversationEntry[] = [];
  if (known === undefined) {
    const { messages } = opening.node;
    entries.push({ kind: 'opening', hash: opening.hash, said: await heard(read, messages, new Set()) });
  }
  let isRepeating = false;
  for (const [at, { hash, node }] of since.entries()) {
    const isKnown = known?.hashes.has(hash) === true;
    const spent = spentOf(model, node.tokens);
    if (node.kind === 'summary') {
      isRepeating = true;
      const standsForTurnsTo = turnBefore(since, at, numbers);
      if (!isKnown) entries.push({ kind: 'summary', hash, standsForTurnsTo, text: node.text, ...spent });
      continue;
    }
    const again: number | undefined = isRepeating ? numberAgain(since, at, numbers) : undefined;
    isRepeating = again !== undefined;
    if (isKnown) continue;
    if (again !== undefined) {
      entries.push({ kind: 'saidAgain', hash, turn: again });
      continue;
    }
    const turn = Math.max(0, ...numbers.values()) + 1;
    numbers.set(contentOf(node), turn);
    const said = await heard(read, node.said, askedBefore(since, at));
    const answers = answersTo(node, since.slice(at + 1)) ?? end.said;
    entries.push({ kind: 'turn', hash, turn, said, ...(await written(read, node, answers)), ...spent });
  }
  const last = since.findLast((one): one is Placed<Turn> => one.node.kind === 'turn')?.node;
  const hashes = new Set(since.map(({ hash }) => hash));
  const shown = { opening: opening.hash, hashes, numbers, last: last === undefined ? undefined : contentOf(last) };
  return { opening: opening.node, entries, shown };
}

type Since = readonly Placed<Turn | Summary>[];

/** A turn is told from others by what it holds: where it is said again, another node comes before it. */
function contentOf({ said, answer, tokens }: Turn): string {
  return canonicalJson({ said, answer, tokens });
}

/** The number of the newest turn before a summary. */
function turnBefore(since: Since, at: number, numbers: ReadonlyMap<string, number>): number {
  for (const { node } of since.slice(0, at).reverse()) {
    const number = node.kind === 'turn' ? numbers.get(contentOf(node)) : undefined;
    if (number !== undefined) return number;
  }
  return 0;
}

/** The number of a turn that a compaction says again after its summary. */
function numberAgain(since: Since, at: number, numbers: ReadonlyMap<string, number>): number | undefined {
  const node = since[at]?.node;
  const [before, summary] = [since[at - 2]?.node, since[at - 1]?.node];
  if (node?.kind !== 'turn') return undefined;
  const isAfterSummary = summary?.kind === 'summary' && before?.kind === 'turn';
  if (isAfterSummary && isRequestAgain(node, before)) return turnBefore(since, at - 1, numbers);
  return numbers.get(contentOf(node));
}

/** A request whose answers come after the summary is said again, without what was said before it. */
function isRequestAgain(again: Turn, { answer }: Turn): boolean {
  const { said, tokens } = again;
  const isFree = tokens.input === 0 && tokens.output === 0;
  return said.length === 0 && isFree && canonicalJson(again.answer) === canonicalJson(answer);
}

function spentOf(model: ModelCard | undefined, tokens: TokenCounts): Spent {
  return { tokens, costMicroUsd: model === undefined ? null : usageOf(model, tokens).costMicroUsd };
}

/** The calls that were asked for right before a turn: what answers them is shown with the request. */
function askedBefore(since: Since, at: number): ReadonlySet<string> {
  const before = since.slice(0, at).findLast(({ node }) => node.kind === 'turn')?.node;
  return before?.kind === 'turn' && before.answer.role === 'assistant'
    ? new Set(before.answer.requests.map(({ call }) => call))
    : new Set();
}

async function heard(
  read: ReadNode,
  messages: readonly TranscriptMessage[],
  asked: ReadonlySet<string>,
): Promise<Heard[]> {
  const texts = messages.map(async (message): Promise<Heard[]> => {
    if (message.role === 'assistant') return [];
    if (message.role !== 'tool') return [{ role: message.role, text: message.text }];
    return asked.has(message.call) ? [] : [{ role: 'tool', text: await answerText(read, message) }];
  });
  return (await Promise.all(texts)).flat();
}

type Answers = readonly (TranscriptMessage | Said)[];

/** What was said after a turn, and with it the answers to its requests; nothing when it is the newest. */
function answersTo(turn: Turn, after: Since): Answers | undefined {
  const next = after.find((one): one is Placed<Turn> => one.node.kind === 'turn' && !isRequestAgain(one.node, turn));
  return next?.node.said;
}

/** What a model wrote in a turn, each request with its answer. */
async function written(read: ReadNode, { answer }: Turn, answers: Answers) {
  if (answer.role !== 'assistant') return { text: '', requests: [] };
  const answered = answer.requests.map(async (request): Promise<RequestView> => {
    const found = answers.find((one) => 'call' in one && one.call === request.call);
    return { ...request, answer: found === undefined ? null : await answerText(read, found) };
  });
  return { text: answer.text, requests: await Promise.all(answered) };
}

/** A text that stands where it was said, or in a node of its own. */
async function answerText(read: ReadNode, answer: TranscriptMessage | Said): Promise<string> {
  return 'message' in answer ? (await readToolAnswer(read, answer.message)).text : answer.text;
}
