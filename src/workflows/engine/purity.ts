import { failure, type Failure } from '../../contracts/failures';
import type { Execution } from './execution';

/** The failure of a process that, run again on the same answers, does not ask what it asked before. */
export function notPure({ process, pass }: Execution): Failure | undefined {
  const { admitting } = pass;
  const [missed, ...others] = pass
    .unclaimed()
    .filter((entry) => entry.within === undefined && entry.pass === pass.number);
  if (missed === undefined) return undefined;
  const instead =
    admitting.length === 0 ? 'nothing' : admitting.map(({ name, about }) => `${name} (${about})`).join(', ');
  return failure(
    'ProcessNotPure',
    `${process.name} is not a function of its journal: run again on the same answers, it did not ask for ${missed.step} ` +
      `(${missed.about})${others.length > 0 ? ` and ${others.length} more steps` : ''}; it asked for ${instead} instead. ` +
      'Take time and chance from run.now() and run.uuid(), and keep no state outside execute.',
    { step: missed.step, unclaimed: others.length + 1 },
  );
}
