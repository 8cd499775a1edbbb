import { sleep, uuid4 } from '@temporalio/workflow';
import { ask } from './ask';
import { whileBusy } from './call';
import type { Pass } from './pass';
import { groupOf, summary } from './story';

/** Waits; a wait that spans executions ends when the first of them said. */
export async function askSleep(pass: Pass, durationMs: number, about: string): Promise<void> {
  const question = { kind: 'sleep', name: 'sleep', version: '1', input: durationMs, about } as const;
  const { execution } = pass;
  await ask({ execution, pass }, question, async (entry) => {
    entry.wakesAt ??= Date.now() + durationMs;
    const leftMs = Math.max(1, entry.wakesAt - Date.now());
    const options = { summary: summary('sleep', about), eventGroups: groupOf(entry.step, about) };
    await whileBusy({ execution, entry }, () => sleep(leftMs, options));
    return null;
  });
}

/** The time at which the process first asked, in epoch milliseconds: the same in every pass. */
export async function askNow(pass: Pass): Promise<number> {
  const question = { kind: 'now', name: 'now', version: '1', input: null, about: '' } as const;
  return (await ask({ execution: pass.execution, pass }, question, () => Promise.resolve(Date.now()))) as number; // as dispatched one line above
}

/** A random identifier: the same in every pass. */
export async function askUuid(pass: Pass): Promise<string> {
  const question = { kind: 'uuid', name: 'uuid', version: '1', input: null, about: '' } as const;
  return (await ask({ execution: pass.execution, pass }, question, () => Promise.resolve(uuid4()))) as string; // as dispatched one line above
}
