import type * as z from 'zod/mini';
import type { Artifact } from './artifact';
import type { Budget } from './usage';

/** A process without its code: what a client must know to start it, list it and check its input. */
export interface ProcessDescription {
  /** The workflow type, in camel case; on the command line in kebab case. */
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly objective: string;
  readonly budget: Budget;
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
  /** Makes the process's input of a document, for processes that start from one. */
  readonly fromDocument?: (document: Artifact) => unknown;
}
