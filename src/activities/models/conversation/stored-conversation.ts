import { failure } from '../../../contracts/failures';
import type { TranscriptNode } from '../../../contracts/transcript';
import type { TranscriptStore } from '../../stores/transcript-store';

type NodeOf<Kind extends TranscriptNode['kind']> = Extract<TranscriptNode, { kind: Kind }>;
export type Opening = NodeOf<'opening'>;
export type Turn = NodeOf<'turn'>;

/** What stands of a conversation: the opening, the newest summary, and the turns after it, oldest first. */
export interface StoredConversation {
  readonly opening: Opening;
  readonly summary?: NodeOf<'summary'>;
  readonly turns: readonly Turn[];
}

/** Conversations end long before: their turns are limited. */
const nodesMax = 10_000;

/**
 * Reads a conversation back from its newest node. What was summarised is left to those who read transcripts.
 *
 * @throws `TranscriptMissing` when a node is lost, or is none of a conversation
 */
export async function storedConversation(store: TranscriptStore, head: string): Promise<StoredConversation> {
  const turns: Turn[] = [];
  let summary: NodeOf<'summary'> | undefined;
  let hash = head;
  for (let nodes = 0; nodes < nodesMax; nodes++) {
    const node = await store.get(hash);
    if (node.kind === 'toolAnswer') break;
    if (node.kind === 'opening') {
      return { opening: node, turns: turns.reverse(), ...(summary === undefined ? {} : { summary }) };
    }
    if (node.kind === 'summary') summary ??= node;
    else if (summary === undefined) turns.push(node);
    hash = node.parent;
  }
  throw failure(
    'TranscriptMissing',
    `The transcript that ends with ${head} has no opening: its nodes lead to ${hash}. Look for what stored it.`,
    { hash: head },
  );
}
