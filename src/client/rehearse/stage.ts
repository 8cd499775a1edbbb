import type { SystemsCopies } from '../../contracts/rehearsal';
import type { Policies } from '../../contracts/manifest';
import type { ProcessDescription } from '../../contracts/process';
import type { RehearsalServer } from './rehearsal-server';
import type { WorkerProgram } from './rehearsal-process';

/** What a rehearsal is made of. */
export interface Scene {
  readonly process: ProcessDescription;
  readonly input: unknown;
  readonly copies: SystemsCopies;
  readonly worker: WorkerProgram;
  readonly workflowBundleFile: string;
  readonly policies: Policies;
  readonly playbookFile: string;
  /** For logs. */
  readonly folder: string;
  readonly artifacts: string;
}

/** Where one run after the other is rehearsed: on a server of its own. */
export interface Stage extends Scene {
  readonly server: RehearsalServer;
  readonly nextRunId: () => string;
}
