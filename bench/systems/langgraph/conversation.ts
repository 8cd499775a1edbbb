import type { ChildProcess } from 'node:child_process';
import type { HistorySize } from '../../measure/history-size';
import type { WorkResult } from '../../work/work';
import type { FromLanggraph, ToLanggraph } from './messages';

/** Asks a worker of the peer, about many runs at once. */
export interface LanggraphConversation {
  /** @throws when the run fails, or the worker ends before */
  result(asked: Extract<ToLanggraph, { readonly type: 'run' | 'takeUp' }>): Promise<WorkResult>;
  size(asked: Extract<ToLanggraph, { readonly type: 'weigh' }>): Promise<HistorySize>;
}

interface Waiting {
  readonly resolve: (answer: FromLanggraph) => void;
  readonly reject: (error: Error) => void;
}

/** Begins to listen to a worker that has said that it is ready. One question at a time about each run. */
export function conversationWith(child: ChildProcess): LanggraphConversation {
  const waiting = new Map<string, Waiting>();
  child.on('message', (message: FromLanggraph) => {
    if (message.type === 'ready') return;
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'failed') asker?.reject(new Error(message.why));
    else asker?.resolve(message);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The worker of LangGraph ended before it answered.'));
    waiting.clear();
  });
  const ask = (asked: ToLanggraph) =>
    new Promise<FromLanggraph>((resolve, reject) => {
      waiting.set(asked.id, { resolve, reject });
      child.send(asked);
    });
  return {
    async result(asked) {
      const answer = await ask(asked);
      if (answer.type === 'done') return answer.result;
      throw new Error(`Expected the result of ${asked.id}, got ${answer.type}.`);
    },
    async size(asked) {
      const answer = await ask(asked);
      if (answer.type === 'weighed') return answer.size;
      throw new Error(`Expected the size of ${asked.id}, got ${answer.type}.`);
    },
  };
}
