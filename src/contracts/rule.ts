import type { Verdict } from './verdict';

/** A rule of any agent's output: holds it against its sources. Each rule states what output and input it takes. */
export type TypedRule = (output: never, context: never) => Promise<Verdict>;
