import type { HistorySize } from '../measure/history-size';
import type { Rework } from '../measure/rework';
import type { ModelServer } from '../model/model-server';
import type { Shape, WorkInput, WorkResult } from '../work/work';

/** What is measured: a way to run the works, whose worker is a process of its own. */
export interface System {
  /** As it stands in tables: one word. */
  readonly name: string;
  /** What it is and how it was set up, for the notes under the table. */
  readonly about: string;
  /** Why it is not measured here, when it is not; said in place of figures. */
  readonly missing?: string;
  /** Why a shape is not measured with it when the model has this delay, when it is not. */
  readonly leavesOut?: (shape: Shape, delayMs: number) => string | undefined;
  /** Whether its agents are code: then nothing is measured that waits for the model. Default: no. */
  readonly asksNoModel?: true;
  /** Readies what does not depend on a server, such as its bundle. Called once. */
  prepare(folder: string): Promise<Prepared>;
}

export interface Prepared {
  /** Bytes of the workflow bundle; nothing for a system that has none. */
  readonly bundleBytes: number | undefined;
  /** Starts a worker and waits until it is ready for work. */
  start(surroundings: Surroundings): Promise<RunningSystem>;
  /** Replays a recorded history many times over. Absent: the system has no replay. */
  replay?(recorded: Recorded): Promise<ReplaySpeed>;
  /** What a late rejection costs, measured on its running worker. Absent: the system has no rework. */
  measureRework?(surroundings: Surroundings, model: ModelServer, id: string): Promise<Rework>;
  /** Ends what `prepare` started. Default: nothing. */
  end?(): Promise<void>;
}

/** What a worker finds: the servers, and a folder that it may fill. */
export interface Surroundings {
  readonly temporalAddress: string;
  readonly temporalPid: number;
  readonly modelUrl: string;
  readonly folder: string;
}

/** A worker that is ready, and the server that it works on. */
export interface RunningSystem {
  readonly workerPid: number;
  /** The process whose CPU counts as the server's. */
  readonly serverPid: number;
  /** From the start of the process until it was ready for work. */
  readonly readyMs: number;
  /** Does one run from beginning to end. `id` is used once only. */
  run(id: string, input: WorkInput): Promise<WorkResult>;
  /** Sees a run to its end whose worker was killed, if need be by telling this one. @returns as `run` */
  takeUp(id: string, input: WorkInput): Promise<WorkResult>;
  /** What the run left in its store. */
  historySize(id: string): Promise<HistorySize>;
  /** The history of a run that has ended, for replay. */
  record?(id: string, file: string): Promise<Recorded>;
  stop(): Promise<void>;
  /** Ends the worker as a power cut would. */
  kill(): Promise<void>;
}

export interface Recorded {
  /** The history's protocol buffer, encoded. */
  readonly file: string;
  readonly events: number;
}

export interface ReplaySpeed {
  readonly eventsPerSecond: number;
}
