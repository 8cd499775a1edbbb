import { isEven, siteOf, type AnyProgram } from './program';

/**
 * What goes wrong with the calls about a site. `refused` and `refusedAtTimes` say no for good, `lost` fails for good
 * without a word about what was done (nothing); these three a process must take. The others the engine must get over:
 * a failure before or after the deed that passes, and a deed whose answer is lost for good.
 */
export type Fault = 'refused' | 'refusedAtTimes' | 'lost' | 'brokenBefore' | 'brokenAfter' | 'answerLost';

/**
 * A failure of the undo: one that passes, before it undid anything or after; one for good, until a person says to try
 * again; or one for ever, so that a person undoes it by hand.
 */
export type UndoFault = 'brokenBefore' | 'brokenAfter' | 'blockedOnce' | 'blocked';

/** A reviewer rejects the first answers to each question of a site, or blames, a few times, what was answered before. */
export interface GatePlan {
  readonly blames: 'itself' | 'another';
  readonly times: number;
}

/** All that the world and its people do to a run, by site. */
export interface Plan {
  readonly faults: Readonly<Record<string, Fault>>;
  readonly undoFaults: Readonly<Record<string, UndoFault>>;
  readonly gates: Readonly<Record<string, GatePlan>>;
  /** Sign-offs that a person always rejects, and blames nothing. */
  readonly refusals: readonly string[];
  /** Sign-offs that a person rejects once each and blames a step: of those answered by then, the one of this place. */
  readonly rejections: readonly { readonly at: string; readonly blames: number }[];
  /** Rejections by a person whom nobody asked: so many calls into the run, of the step of this place. */
  readonly interruptions: readonly { readonly after: number; readonly blames: number }[];
  /** The run is cancelled so many calls into it. */
  readonly cancelledAfter?: number;
  /** New steps after which the run continues as new. */
  readonly stepsPerExecutionMax?: number;
}

/** One drawn run; the seed also draws how long each call takes. */
export interface AnyCase {
  readonly seed: number;
  readonly program: AnyProgram;
  readonly plan: Plan;
}

/** Whether a call about a topic fails for good: a function of the question alone. */
export function failsForGood({ faults }: Plan, topic: string): boolean {
  const fault = faults[siteOf(topic)];
  return fault === 'refused' || fault === 'lost' || (fault === 'refusedAtTimes' && isEven(topic));
}

/** The answers to a question that its gate lets through begin with this version. */
export function firstVersionOf({ gates }: Plan, topic: string): number {
  const gate = gates[siteOf(topic)];
  return gate?.blames === 'itself' ? gate.times : 0;
}
