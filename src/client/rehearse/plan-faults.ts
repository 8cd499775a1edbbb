import { effectFaults, type EffectEvent, type PlannedFault } from '../../contracts/rehearsal';
import type { RehearsedRun } from './rehearsed-run';

/** A fault, and why it cannot happen in this process, or nothing. */
export interface Planned {
  readonly fault: PlannedFault;
  readonly whyNot: string | null;
}

/** Every fault of every effect of a run in peace, in the order of the effects, and the rejection of its last sign-off. */
export function planFaults({ events, course }: Pick<RehearsedRun, 'events' | 'course'>): readonly Planned[] {
  const lastCall = course.findLast(({ type }) => type === 'called')?.step ?? '';
  const effects = events.filter(isFirstOfItsKey).filter(({ action }) => action === 'do');
  const planned = effects.flatMap(({ step, tool }) =>
    effectFaults.map((kind): PlannedFault => ({ kind, step, tool, lastCall })),
  );
  const signOff = course.findLast(({ type }) => type === 'asked')?.step;
  if (signOff !== undefined) planned.push({ kind: 'signOffRejected', step: signOff });
  return planned.map((fault) => ({ fault, whyNot: whyNot(fault, course) }));
}

function whyNot(fault: PlannedFault, course: RehearsedRun['course']): string | null {
  if (fault.kind !== 'rejectedLater' && fault.kind !== 'rejectedAtEnd') return null;
  const answeredAt = course.findIndex(({ type, step }) => type === 'answered' && step === fault.step);
  const later = course.slice(answeredAt + 1).filter(({ type }) => type === 'called');
  if (later.length === 0) return 'nothing is asked after it: the run ends with it';
  if (fault.kind === 'rejectedAtEnd' && later.length === 1) return 'what is asked next is the last: as above';
  return null;
}

/** A tool may be called again under the same key. */
function isFirstOfItsKey({ idempotencyKey }: EffectEvent, index: number, events: readonly EffectEvent[]): boolean {
  return events.findIndex((event) => event.idempotencyKey === idempotencyKey) === index;
}
