import type { Outcome } from '../../contracts/outcome';
import type { EffectEvent, PlannedFault } from '../../contracts/rehearsal';
import type { SystemsState } from '../../contracts/systems-state';

/** One run of a rehearsal: what was to go wrong, and all that came of it. States and changes are comparable. */
export interface RehearsedRun {
  readonly fault: PlannedFault | null;
  /** Whether the fault happened at all. */
  readonly hasStruck: boolean;
  /** `noEnd` when it did not end within the time that a rehearsal gives a run. */
  readonly outcome: Outcome | 'noEnd';
  /** Why it did not complete. */
  readonly reason: string | null;
  readonly events: readonly EffectEvent[];
  /** The steps that the run asked and the effects that were answered, in the order in which that happened. */
  readonly course: readonly CourseEntry[];
  readonly before: SystemsState;
  readonly after: SystemsState;
  readonly tookMs: number;
}

/** `asked`: a person was. */
export interface CourseEntry {
  readonly type: 'called' | 'answered' | 'asked';
  readonly step: string;
}
