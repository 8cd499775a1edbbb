import { failure } from './failures';
import type { TranscriptNode } from './transcript';

type NodeOf<Kind extends TranscriptNode['kind']> = Extract<TranscriptNode, { kind: Kind }>;
export type Opening = NodeOf<'opening'>;
export type Turn = NodeOf<'turn'>;
export type Summary = NodeOf<'summary'>;
type ToolAnswer = NodeOf<'toolAnswer'>;

/** Gives the node of a hash, or fails with `TranscriptMissing`. */
export type ReadNode = (hash: string) => Promise<TranscriptNode>;

/** A node of a conversation, with its hash. */
export interface Placed<Node extends Opening | Turn | Summary = Opening | Turn | Summary> {
  readonly hash: string;
  readonly node: Node;
}

/** A conversation as it was kept: its opening, and all that came after it, past summaries, oldest first. */
export interface Transcript {
  readonly opening: Placed<Opening>;
  readonly since: readonly Placed<Turn | Summary>[];
}

/** Conversations end long before: their turns are limited. */
const nodesMax = 10_000;

/**
 * A whole transcript, from its opening to its head.
 *
 * @throws `TranscriptMissing` when a node is lost or is none of the list
 */
export async function readTranscript(read: ReadNode, head: string): Promise<Transcript> {
  const newestFirst: Placed<Turn | Summary>[] = [];
  for (let hash = head; newestFirst.length < nodesMax;) {
    const node = await read(hash);
    if (node.kind === 'toolAnswer') break;
    if (node.kind === 'opening') return { opening: { hash, node }, since: newestFirst.reverse() };
    newestFirst.push({ hash, node });
    hash = node.parent;
  }
  throw failure(
    'TranscriptMissing',
    `The transcript that ends with ${head} has no opening: its nodes lead to a tool's answer, or are more than ${nodesMax}. Look for what stored it.`,
    { hash: head },
  );
}

/**
 * A tool's answer that a transcript refers to.
 *
 * @throws `TranscriptMissing` when it is lost, or is something else
 */
export async function readToolAnswer(read: ReadNode, hash: string): Promise<ToolAnswer> {
  const node = await read(hash);
  if (node.kind === 'toolAnswer') return node;
  throw failure(
    'TranscriptMissing',
    `The node ${hash} of a transcript must be a tool's answer, and is ${node.kind}. Look for what stored it.`,
    { hash },
  );
}
