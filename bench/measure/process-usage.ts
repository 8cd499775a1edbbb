import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Ticks of `/proc/PID/stat` in a second: fixed on Linux, whatever the kernel's own clock. */
const ticksPerSecond = 100;
const bytesPerKb = 1_024;
/** Written to `clear_refs`, it makes the peak begin anew. */
const resetPeak = '5';

/**
 * The CPU seconds that a process and everything it started have used, to a hundredth.
 *
 * @returns nothing where there is no `/proc`, or when the process is gone
 */
export function cpuSecondsOf(pid: number): number | undefined {
  const all = statOfAll();
  if (!all.has(pid)) return undefined;
  const isOfTree = (one: number): boolean => one === pid || (one > 1 && isOfTree(all.get(one)?.parent ?? 0));
  const ticks = [...all].filter(([one]) => isOfTree(one)).map(([, stat]) => stat.ticks);
  return ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond;
}

/** Bytes of memory in use now, and the most since `forgetPeak`. */
export function memoryOf(pid: number): { readonly nowBytes: number; readonly peakBytes: number } | undefined {
  const status = contentOf(`/proc/${pid}/status`);
  const nowKb = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  const peakKb = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  if (nowKb === undefined || peakKb === undefined) return undefined;
  return { nowBytes: Number(nowKb) * bytesPerKb, peakBytes: Number(peakKb) * bytesPerKb };
}

/** Makes the peak begin anew; where the system does not allow it, the peak is that of the process's whole life. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, resetPeak);
  } catch {
    // Said in the contract: the peak is then a larger one.
  }
}

interface Stat {
  readonly parent: number;
  /** Of itself and of the children that ended. */
  readonly ticks: number;
}

function statOfAll(): ReadonlyMap<number, Stat> {
  const all = new Map<number, Stat>();
  for (const name of processFolders()) {
    // The second field is a name in parentheses that may hold anything; the fields are counted from its end.
    const fields = contentOf(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    const [, parent, ...rest] = fields;
    if (parent === undefined) continue;
    const ticks = rest.slice(firstTicks, firstTicks + 4).reduce((sum, one) => sum + Number(one), 0);
    all.set(Number(name), { parent: Number(parent), ticks });
  }
  return all;
}

/** utime, stime, cutime, cstime: fields 14 to 17 of `/proc/PID/stat`, after the fifth. */
const firstTicks = 9;

function processFolders(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
