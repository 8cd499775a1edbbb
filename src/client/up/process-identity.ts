import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './reason';

/**
 * Whether a process of this number runs now. A zombie does not: it only waits to be reaped.
 * Numbers are reused, so a living number alone does not say that it is still the same process: see processIdentity.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/**
 * What tells a process from a later one with the same number: when it began, and on Linux in which boot.
 * `undefined` when this system does not say.
 */
export function processIdentity(pid: number): string | undefined {
  const startTicks = statFields(pid)?.[19];
  if (startTicks !== undefined) return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${startTicks}`;
  return askPs(pid, 'lstart=');
}

/**
 * The command line of a process. On Linux its exact arguments; elsewhere one string, as `ps` shows it. `undefined`
 * when there is no such process, or this system does not say.
 */
export function commandLineOf(
  pid: number,
): { readonly arguments: readonly string[] } | { readonly text: string } | undefined {
  const raw = readText(`/proc/${pid}/cmdline`);
  if (raw !== undefined) return { arguments: raw.split('\0').slice(0, -1) };
  const text = askPs(pid, 'args=');
  return text === undefined ? undefined : { text };
}

/** Sends a signal; that the process has just gone is no error. A negative number means its whole group. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** The fields of /proc/PID/stat after the program's name, which itself may hold spaces and brackets. */
function statFields(pid: number): readonly string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function askPs(pid: number, column: string): string | undefined {
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  try {
    const answer = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 });
    return answer.trim() === '' ? undefined : answer.trim();
  } catch {
    return undefined;
  }
}
