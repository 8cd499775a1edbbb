import { sleep, uuid4 } from '@temporalio/workflow';
import { ask } from './ask';
import type { Execution } from './execution';
import { groupOf, summary } from './story';

/** Waits; a wait that spans executions ends when the first of them said. */
export async function askSleep(execution: Execution, durationMs: number, about: string): Promise<void> {
  const question = { kind: 'sleep', name: 'sleep', version: '1', input: durationMs, about } as const;
  await ask(execution, question, async (entry) => {
    entry.wakesAt ??= Date.now() + durationMs;
    await sleep(Math.max(1, entry.wakesAt - Date.now()), {
      summary: summary('sleep', about),
      eventGroups: groupOf(entry.step, about),
    });
    return null;
  });
}

/** The time at which the process first asked, in epoch milliseconds: the same in every pass. */
export async function askNow(execution: Execution): Promise<number> {
  const question = { kind: 'now', name: 'now', version: '1', input: null, about: '' } as const;
  return (await ask(execution, question, () => Promise.resolve(Date.now()))) as number; // as dispatched one line above
}

/** A random identifier: the same in every pass. */
export async function askUuid(execution: Execution): Promise<string> {
  const question = { kind: 'uuid', name: 'uuid', version: '1', input: null, about: '' } as const;
  return (await ask(execution, question, () => Promise.resolve(uuid4()))) as string; // as dispatched one line above
}
