import type { JournalEntry } from '../../contracts/journal';
import type { Failure } from '../../contracts/failures';
import type { Manifest } from '../../contracts/manifest';
import type { LeftOut } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import type { Journal } from './journal';
import type { Ledger } from './ledger';
import type { Turns } from './turns';

/** What one workflow execution hands to the next when the run continues as new. */
export interface Handover {
  readonly manifest: Manifest;
  readonly entries: JournalEntry[];
  readonly startedAt: number;
  readonly refused: string[];
}

/** A question that is held until it may be asked, for the message when the process is not pure. */
export interface HeldQuestion {
  readonly name: string;
  readonly about: string;
}

/** The live state of one workflow execution of a run. Steps read and change it; nothing else does. */
export interface Execution {
  readonly process: ProcessDescription;
  readonly manifest: Manifest;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly startedAt: number;
  /** Answers on their way, by step, for a pass that asks for them again. */
  readonly inFlight: Map<string, Promise<unknown>>;
  readonly leftOut: LeftOut[];
  readonly refused: string[];
  /** The order in which the process is given its answers. */
  readonly turns: Turns;
  /** Resolves when a pass over a handed-over journal has claimed what it can. */
  caughtUp: Promise<void>;
  readonly held: HeldQuestion[];
  /** Calls that are out in the world; the run neither ends nor continues as new before they are settled. */
  callsInFlight: number;
  stepsEntered: number;
  handingOver: boolean;
  /** Why the run must stop, once it must. */
  stopped: Failure | undefined;
}
