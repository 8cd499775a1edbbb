import { failure } from './failures';
import type { TranscriptNode } from './transcript';

type NodeOf<Kind extends TranscriptNode['kind']> = Extract<TranscriptNode, { kind: Kind }>;
export type Opening = NodeOf<'opening'>;
export type Turn = NodeOf<'turn'>;
export type Summary = NodeOf<'summary'>;

/** A node of a transcript's list, with its hash. */
export interface Placed<Node extends Opening | Turn | Summary = Opening | Turn | Summary> {
  readonly hash: string;
  readonly node: Node;
}

/** What a model's context is made of: the opening, the newest summary, and the turns that came after it. */
export interface StandingConversation {
  readonly opening: Placed<Opening>;
  readonly summary?: Placed<Summary>;
  readonly turns: readonly Placed<Turn>[];
}

/** Conversations end long before: their turns are limited. */
const nodesMax = 10_000;

/**
 * A whole transcript, from its opening to its head, past summaries.
 *
 * @param read gives the node of a hash, or fails with `TranscriptMissing`
 * @throws `TranscriptMissing` when a node is lost or is none of the list
 */
export async function readTranscript(
  read: (hash: string) => Promise<TranscriptNode>,
  head: string,
): Promise<readonly Placed[]> {
  const newestFirst: Placed[] = [];
  for (let hash = head; newestFirst.length < nodesMax;) {
    const node = await read(hash);
    if (node.kind === 'toolAnswer') break;
    newestFirst.push({ hash, node });
    if (node.kind === 'opening') return newestFirst.reverse();
    hash = node.parent;
  }
  throw failure(
    'TranscriptMissing',
    `The transcript that ends with ${head} has no opening: its nodes lead to a tool's answer, or are more than ${nodesMax}. Look for what stored it.`,
    { hash: head },
  );
}

/** What stands of a transcript: what is before its newest summary is left to those who read it all. */
export function standingConversation(transcript: readonly Placed[]): StandingConversation {
  const [opening] = transcript;
  if (opening === undefined || !isOf('opening', opening))
    throw new Error('Expected a transcript to begin with its opening.');
  const at = transcript.findLastIndex(({ node }) => node.kind === 'summary');
  const summary = transcript[at];
  return {
    opening,
    ...(summary !== undefined && isOf('summary', summary) ? { summary } : {}),
    turns: transcript.slice(at + 1).filter((placed) => isOf('turn', placed)),
  };
}

function isOf<Kind extends 'opening' | 'turn' | 'summary'>(kind: Kind, placed: Placed): placed is Placed<NodeOf<Kind>> {
  return placed.node.kind === kind;
}
