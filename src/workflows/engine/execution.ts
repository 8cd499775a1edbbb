import type { CancellationScope } from '@temporalio/workflow';
import type { JournalEntry } from '../../contracts/journal';
import type { Failure } from '../../contracts/failures';
import type { Manifest } from '../../contracts/manifest';
import type { ProcessDescription } from '../../contracts/process';
import type { Journal } from './journal';
import type { Ledger } from './ledger';
import type { Pass } from './pass';

/** What one workflow execution hands to the next when the run continues as new. */
export interface Handover {
  readonly manifest: Manifest;
  readonly entries: JournalEntry[];
  readonly startedAt: number;
  readonly refused: string[];
  /** The number of the pass under way. Absent before there was rework. */
  readonly pass?: number;
  readonly childOf?: string;
}

/** What a child run starts with. */
export interface Childhood {
  /** The step of its parent that runs it. */
  readonly childOf: string;
}

/** What came before an execution: an earlier one of the same run, another run, or a parent. */
export type Before = Handover | Inheritance | Childhood;

/** What a new run takes over from another that it forks or repairs. */
export interface Inheritance {
  /** A repair goes on where its run ended, and answers for what that did. A fork leaves the other run's effects be. */
  readonly as: 'fork' | 'repair';
  readonly from: string;
  readonly entries: JournalEntry[];
  /** The step that is asked anew, with everything that was asked after it was answered. Default: none. */
  readonly at?: string;
}

/** The live state of one workflow execution of a run. Steps read and change it; nothing else does. */
export interface Execution {
  readonly process: ProcessDescription;
  readonly manifest: Manifest;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly startedAt: number;
  readonly refused: string[];
  /** Steps that are being answered, and the scope in which each can be cancelled. */
  readonly inFlight: Map<string, { readonly settled: Promise<void>; readonly scope: CancellationScope }>;
  /** How many calls, timers and persons each step waits for. */
  readonly busy: Map<string, number>;
  pass: Pass;
  /** The step of the parent that runs this run; absent when people started it. */
  readonly childOf?: string;
  /** Children whose pivots wait until this run is quiet: their workflow ids, by step. */
  readonly holdingChildren: Map<string, string>;
  /** Whether the parent lets this run's pivots happen. */
  mayPivot: boolean;
  /** Calls that are out in the world; the run neither ends nor continues as new before they are settled. */
  callsInFlight: number;
  stepsEntered: number;
  handingOver: boolean;
  /** Whether effects are being undone. */
  isUndoing: boolean;
  /** Whether a person must say what became of an undo that keeps failing. */
  needsRepair: boolean;
  /** Why the run must stop, once it must. */
  stopped: Failure | undefined;
}

/** Whether rejections lead to rework and failures to rollback: in every run that began since the engine can. */
export function reworks({ manifest }: Pick<Execution, 'manifest'>): boolean {
  return manifest.policies.reworkRoundsMax !== undefined;
}
