/** What a worker of the benchmark is started with, as JSON in its first argument. */
export type WorkerOrder =
  | {
      readonly order: 'work';
      readonly temporalAddress: string;
      readonly taskQueue: string;
      readonly modelUrl: string;
      readonly bundleFile: string;
      /** For what it keeps of its own. */
      readonly folder: string;
    }
  | {
      readonly order: 'replay';
      readonly bundleFile: string;
      readonly historyFile: string;
      readonly times: number;
      readonly folder: string;
    };

/** What it tells whoever started it. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  /** How long all replays but the first took. */
  | { readonly type: 'replayed'; readonly times: number; readonly durationMs: number };

/** The same for every Temporal worker, so that none is faster by its settings. The rest is as the SDK has it. */
export const workerTuning = { maxConcurrentActivityTaskExecutions: 100, shutdownGraceTime: 1_000 } as const;

/** Limits of every activity of hand-written workflows. */
export const activityTuning = { startToCloseTimeout: '1 minute', retry: { maximumAttempts: 4 } } as const;
