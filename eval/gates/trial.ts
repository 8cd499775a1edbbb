import type { RunResult } from '../../src/contracts/outcome';
import type { FalsehoodKind } from './falsehood';

/** One falsehood to be seeded: in the first output of one step of a run over one input. */
export interface Trial {
  readonly input: string;
  readonly agent: string;
  readonly step: string;
  readonly kind: FalsehoodKind;
  readonly seed: number;
}

/** A gate that did not accept an output. */
export interface Objection {
  readonly gate: string;
  readonly step: string;
  /** Whether the output was the one with the falsehood in it. */
  readonly isAtOnce: boolean;
}

/** What a run delivered: its value, the effects that stand, and the systems, flattened to values by place. */
export type Delivery = ReadonlyMap<string, unknown>;

/** Everything that one run showed. */
export interface Observed {
  readonly result: RunResult;
  readonly delivery: Delivery;
  readonly objections: readonly Objection[];
  /** What people were shown before they approved, flattened. */
  readonly shown: Delivery;
  /** What was falsified, for people; nothing in an honest run, or when the output had no place for the falsehood. */
  readonly falsehood?: string;
}

export const fates = ['caughtAtOnce', 'caughtLater', 'stopped', 'letThroughShown', 'letThrough', 'harmless'] as const;
/**
 * What became of a falsehood. `caughtAtOnce`: a gate of its own step said no, and the run delivered what an honest one
 * does. `caughtLater`: a gate of a later step did, and the rework did the same. `stopped`: the run did not complete.
 * `letThrough`: it delivered something else; `letThroughShown` if a person who approved was shown it. `harmless`:
 * nobody noticed, and nothing that was delivered differs.
 */
export type Fate = (typeof fates)[number];

export interface Verdicted extends Trial {
  readonly fate: Fate;
  readonly gate: string | null;
  readonly what: string;
}

/** Which values differ between two honest runs, and so say nothing: times, keys, numbers in turn. */
export function volatileIn(one: Delivery, other: Delivery): ReadonlySet<string> {
  const places = new Set([...one.keys(), ...other.keys()]);
  return new Set([...places].filter((place) => one.get(place) !== other.get(place)));
}

function sameBut(volatile: ReadonlySet<string>, one: Delivery, other: Delivery): boolean {
  const places = new Set([...one.keys(), ...other.keys()]);
  return [...places].every((place) => volatile.has(place) || (one.has(place) && one.get(place) === other.get(place)));
}

/** The honest run of an input, and what differs between honest runs of it. */
export interface Honest {
  readonly observed: Observed;
  readonly volatile: ReadonlySet<string>;
}

/** Says what became of a falsehood, and which gate was the first to object. */
export function fateOf(observed: Observed, { observed: honest, volatile }: Honest): Pick<Verdicted, 'fate' | 'gate'> {
  const [first] = observed.objections;
  const gate = first?.gate ?? null;
  if (!observed.result.outcome.startsWith('completed')) return { fate: 'stopped', gate };
  if (observed.result.outcome === honest.result.outcome && sameBut(volatile, observed.delivery, honest.delivery)) {
    if (first === undefined) return { fate: 'harmless', gate };
    return { fate: first.isAtOnce ? 'caughtAtOnce' : 'caughtLater', gate };
  }
  const wasShown = !sameBut(volatile, observed.shown, honest.shown);
  return { fate: wasShown ? 'letThroughShown' : 'letThrough', gate };
}
