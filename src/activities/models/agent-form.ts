import type * as z from 'zod/mini';
import type { AgentDefinition } from '../../agents/define-agent';
import type { ArtifactStore } from '../stores/artifact-store';

/** What a form is made with: the stores that hold what the input refers to, and the room that a part has. */
export interface FormContext {
  readonly artifacts: ArtifactStore;
  /** The most bytes of text that the opening of one part may have. */
  readonly openingBytesMax: number;
}

/** One part of an agent's work as its model is given it. The material comes first and is the same in many calls, so that providers cache it. */
export interface PartOpening {
  readonly material: string;
  readonly task: string;
}

/**
 * How a model does an agent's work, where the agent's own input and output are not what a model reads and writes
 * best. An agent without a form gets its input as JSON, with the texts it refers to, and writes its output.
 *
 * The same input and context give the same parts. What was written is parsed by `writes` before it is judged or joined.
 */
export interface AgentForm<Agent, Writes extends z.ZodMiniType = z.ZodMiniType> {
  /** What the model writes, for each part. */
  readonly writes: Writes;
  /**
   * The parts: as few as fit, at least one.
   *
   * @throws `ContextTooLong` when there is too little room for any part
   */
  open(input: InputOf<Agent>, context: FormContext): Promise<readonly PartOpening[]>;
  /** Says what is wrong with what was written for a part, counted from 0, for the model to mend; nothing when it may count. */
  faultOf?(
    written: { readonly part: number; readonly value: z.output<Writes> },
    input: InputOf<Agent>,
    context: FormContext,
  ): Promise<string | undefined>;
  /** The agent's output, made of what was written for each part. */
  join(written: readonly z.output<Writes>[], input: InputOf<Agent>, context: FormContext): Promise<unknown>;
}

type InputOf<Agent> = Agent extends AgentDefinition<infer In, z.ZodMiniType> ? z.output<In> : never;
