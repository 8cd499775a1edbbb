import type { Speaker } from '../../../src/contracts/speech';

/** A writer that answers in a run. */
export function speakerIn(runId: string, changes: Partial<Speaker> = {}): Speaker {
  const call = { call: 'writer-1.1.1.1', step: 'writer-1', agent: 'writer', model: 'small' };
  return { runId, ...call, doing: 'answer', part: 1, attempt: 1, ...changes };
}
