import { failure } from '../contracts/failures';
import type { ProcessDescription } from '../contracts/process';

/** `contractReview` as people write it: `contract-review`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Finds a process by its name in either case. @throws `UnknownProcess` naming those there are */
export function findProcess(processes: readonly ProcessDescription[], name: string): ProcessDescription {
  const found = processes.find((process) => process.name === name || kebabCase(process.name) === name);
  if (found !== undefined) return found;
  const known = processes.map((process) => kebabCase(process.name)).join(', ');
  throw failure('UnknownProcess', `There is no process ${name}. There are: ${known}.`, { name });
}
