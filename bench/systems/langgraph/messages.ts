import type { HistorySize } from '../../measure/history-size';
import type { WorkInput, WorkResult } from '../../work/work';

/** What the peer's worker is started with, as JSON in its first argument. */
export interface LanggraphOrder {
  readonly databaseUrl: string;
  readonly modelUrl: string;
}

/** What it is asked to do: to begin a run or to take it up again from its last checkpoint, or to weigh what it left. */
export type ToLanggraph =
  | { readonly type: 'run' | 'takeUp'; readonly id: string; readonly input: WorkInput }
  | { readonly type: 'weigh'; readonly id: string };

/** What it answers; the first word is `ready`. */
export type FromLanggraph =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: string; readonly result: WorkResult }
  | { readonly type: 'failed'; readonly id: string; readonly why: string }
  | { readonly type: 'weighed'; readonly id: string; readonly size: HistorySize };
