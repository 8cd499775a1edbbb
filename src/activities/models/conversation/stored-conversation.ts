import { readTranscript, type Opening, type Summary, type Turn } from '../../../contracts/read-transcript';
import type { TranscriptStore } from '../../stores/transcript-store';

/** What stands of a conversation: the opening, the newest summary, and the turns after it, oldest first. */
export interface StoredConversation {
  readonly opening: Opening;
  readonly summary?: Summary;
  readonly turns: readonly Turn[];
}

/**
 * Reads a conversation back from its newest node. What was summarised is left to those who read transcripts.
 *
 * @throws `TranscriptMissing` when a node is lost, or is none of a conversation
 */
export async function storedConversation(transcripts: TranscriptStore, head: string): Promise<StoredConversation> {
  const { opening, since } = await readTranscript((hash) => transcripts.get(hash), head);
  const nodes = since.map(({ node }) => node);
  const at = nodes.findLastIndex(({ kind }) => kind === 'summary');
  const summary = nodes[at];
  return {
    opening: opening.node,
    ...(summary?.kind === 'summary' ? { summary } : {}),
    turns: nodes.slice(at + 1).filter((node) => node.kind === 'turn'),
  };
}
