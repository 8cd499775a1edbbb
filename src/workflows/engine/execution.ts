import type { ActivityInterfaceFor, CancellationScope } from '@temporalio/workflow';
import type { EngineActivities } from '../../contracts/activities';
import type { JournalEntry } from '../../contracts/journal';
import type { Failure } from '../../contracts/failures';
import type { LeaseRequest } from '../../contracts/lease';
import type { Manifest } from '../../contracts/manifest';
import type { ProcessDescription } from '../../contracts/process';
import type { Usage } from '../../contracts/usage';
import type { Journal } from './journal';
import type { CallingStep } from './call';
import type { Lack, Ledger, Reservation } from './ledger';
import type { Pass } from './pass';
import type { Tallies } from './tallies';

/** What one workflow execution hands to the next when the run continues as new. */
export interface Handover {
  readonly manifest: Manifest;
  readonly entries: JournalEntry[];
  readonly startedAt: number;
  readonly refused: string[];
  /** The number of the pass under way. Absent before there was rework. */
  readonly pass?: number;
  readonly childOf?: string;
  readonly lease?: Usage;
  /** How often the run has asked its parent for leave. Absent before that was counted. */
  readonly holds?: number;
}

/** What a child run starts with. */
export interface Childhood {
  /** The step of its parent that runs it. */
  readonly childOf: string;
  /** The most that it may spend of its parent's budget before it asks for more. Absent: its own budget is the limit. */
  readonly lease?: Usage;
}

/** What a run keeps of a child while it runs. */
export interface LeasedChild {
  readonly reservation: Reservation;
  request?: LeaseRequest;
}

/** A call for which a budget does not suffice. */
export interface Shortage {
  readonly needs: Usage;
  readonly lack: Lack;
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
  readonly tallies: Tallies;
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
  /** Children whose pivots wait until this run is quiet: the numbers of their holds, by step. */
  readonly holdingChildren: Map<string, number | undefined>;
  /** How often this run has asked its parent for leave. */
  holdsCount: number;
  /** Whether the parent lets this run's pivots happen. */
  mayPivot: boolean;
  /** The children that run, by step, in runs that hold their calls to what they may cost at the most. */
  readonly leasedChildren: Map<string, LeasedChild>;
  /** Has a person raise the budget, or the parent let the run have more; given, since asking is itself a step. */
  readonly askForMore: (calling: CallingStep, shortage: Shortage) => Promise<void>;
  /** Whether somebody is being asked for more. */
  asksForMore: boolean;
  /** Whether that is the parent. */
  awaitsLease: boolean;
  /** Calls that are out in the world; the run neither ends nor continues as new before they are settled. */
  callsInFlight: number;
  readonly quickCalls: QuickCalls;
  /** What the calls of steps are made by. */
  readonly activities: ActivityInterfaceFor<EngineActivities>;
  stepsEntered: number;
  handingOver: boolean;
  /** Branches that wait for the next execution, and those that have not heard yet that they may go on in this one. */
  heldBackCount: number;
  /** Whether effects are being undone. */
  isUndoing: boolean;
  /** Whether a person must say what became of an undo that keeps failing. */
  needsRepair: boolean;
  /** Whether something has changed that the current details do not tell yet. */
  hasNews: boolean;
  /** Why the run must stop, once it must. */
  stopped: Failure | undefined;
}

/** Whether calls are held to what they may cost at the most: in every run that began since agents think with models. */
export function reservesInFull({ manifest }: Pick<Execution, 'manifest'>): boolean {
  return manifest.models !== undefined;
}

/** Whether a budget is so nearly spent that cheaper models are used where an agent names one; never in older runs. */
export function isNearlySpent(execution: Pick<Execution, 'manifest' | 'ledger'>): boolean {
  return reservesInFull(execution) && execution.ledger.isNearlySpent;
}

/** Whether rejections lead to rework and failures to rollback: in every run that began since the engine can. */
export function reworks({ manifest }: Pick<Execution, 'manifest'>): boolean {
  return manifest.policies.reworkRoundsMax !== undefined;
}

/** How many quick calls were made, and how many of them are known to be committed. */
export interface QuickCalls {
  made: number;
  committed: number;
}

/** Whether a run began with this behaviour of the engine or a later one. See `engineVersion`. */
export function beganWith(version: number, { manifest }: Pick<Execution, 'manifest'>): boolean {
  return (manifest.engine ?? 1) >= version;
}
