import type { Effect, Policies } from './manifest';
import type { Notice } from './activities';
import type { StateDifference, SystemsState } from './systems-state';

/** What is made to go wrong with one effect of a run, one at a time. */
export const effectFaults = [
  /** The tool fails before it changes anything, once. */
  'failsOnce',
  /** The tool fails before it changes anything, at every attempt. */
  'failsBefore',
  /** The tool changes what it should, and then fails instead of answering, once. */
  'failsAfter',
  /** The tool changes what it should, and never answers, at any attempt. */
  'timesOut',
  /** The worker's process is killed after the change and before the answer. */
  'workerDies',
  /** The run is cancelled after the change and before the answer. */
  'cancelled',
  /** The step is rejected as soon as the run asks for anything else. */
  'rejectedLater',
  /** The step is rejected as the run asks for the last thing that it asks for. */
  'rejectedAtEnd',
] as const;
export type EffectFault = (typeof effectFaults)[number];

/** A fault for one run, with the effect that it is about: its step, and the tool. */
export type PlannedFault =
  | { readonly kind: EffectFault; readonly step: string; readonly tool: string; readonly lastCall: string }
  /** The last approval is rejected, without blaming a step. */
  | { readonly kind: 'signOffRejected'; readonly step: string };

export type FaultKind = PlannedFault['kind'];

/** Where a copy of the systems lies. */
export interface SystemsPlace {
  readonly database: { readonly folder: string } | { readonly url: string };
  readonly reports: string;
  readonly outside: OutsidePlace;
}

/** Where the systems of others are. */
export interface OutsidePlace {
  readonly paymentProviderUrl: string;
  readonly mailerUrl: string;
}

/** Starts the systems of others, empty, with what they keep in this folder. */
export type StartOutside = (
  folder: string,
) => Promise<{ readonly place: OutsidePlace; readonly close: () => Promise<void> }>;

/** What the systems are copied from. */
export interface SystemsSource {
  /** Where copies may lie. */
  readonly folder: string;
  /** The server on which copies are databases of their own; without it they are embedded ones. */
  readonly databaseUrl: string | undefined;
  /** The shop as JSON. */
  readonly shop: string;
}

/** Copies of the systems that runs are rehearsed on, all equal and each of its own. */
export interface SystemsCopies {
  make(): Promise<SystemsCopy>;
  /** Removes what copies are made from. */
  remove(): Promise<void>;
}

export interface SystemsCopy {
  readonly place: SystemsPlace;
  remove(): Promise<void>;
}

/** What a rehearsal's worker is told to do. */
export interface RehearsalOrder {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The run that is rehearsed; its children's ids begin with it. */
  readonly runId: string;
  readonly systems: SystemsPlace;
  readonly artifacts: string;
  readonly playbookFile: string;
  readonly workflowBundleFile: string;
  readonly policies: Policies;
  /** Nothing for a run in peace, and for a worker that is started again after its fault. */
  readonly fault: PlannedFault | null;
}

/** A step as a rehearsal names it: with the path of the child run that asked, if one did. */
export interface RehearsedCall {
  readonly workflowId: string;
  readonly step: string;
}

/** What one call did to the systems, as seen from them. */
export interface EffectEvent {
  readonly step: string;
  readonly tool: string;
  readonly effect: Exclude<Effect, 'none'>;
  readonly idempotencyKey: string;
  readonly action: 'do' | 'undo';
  readonly change: StateDifference;
}

/** What a rehearsal's worker reports, in the order in which it happens. */
export type WorkerReport =
  | { readonly type: 'ready'; readonly state: SystemsState }
  | { readonly type: 'called'; readonly call: RehearsedCall }
  | { readonly type: 'effect'; readonly event: EffectEvent }
  | { readonly type: 'answered'; readonly call: RehearsedCall }
  /** A person is asked. The run goes on when the hold is released. */
  | { readonly type: 'notice'; readonly hold: number; readonly notice: Notice }
  /** The fault is due, or has struck when there is no hold. */
  | { readonly type: 'fault'; readonly hold: number | null; readonly call: RehearsedCall }
  | { readonly type: 'state'; readonly state: SystemsState };

/** What a rehearsal's worker is told. */
export type WorkerInstruction =
  | { readonly type: 'begin'; readonly order: RehearsalOrder }
  | { readonly type: 'release'; readonly hold: number }
  | { readonly type: 'readState' };
