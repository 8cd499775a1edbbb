/** How the model answers, whoever asks: set before each measurement. */
export interface Behaviour {
  /** What it waits before it answers. */
  readonly delayMs: number;
  /** The length of every text that it makes up. */
  readonly textBytes: number;
  /** Tool results that a conversation has before it ends; until then, an agent that has tools gets a tool call. */
  readonly toolCalls: number;
  /** What it passes to tools beside random text, by the names of their parameters. */
  readonly toolArguments: Readonly<Record<string, unknown>>;
}

export type ToModelServer = { readonly type: 'behave'; readonly behaviour: Behaviour } | { readonly type: 'count' };

export type FromModelServer =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'behaving' }
  | { readonly type: 'counted'; readonly counts: Counts };

/** What came since the behaviour was set. */
export interface Counts {
  readonly requests: number;
  /** Of all requests and their answers, as the model counts them. */
  readonly tokens: number;
}
