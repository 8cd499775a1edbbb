import type * as z from 'zod/mini';
import type { DecisionKind } from '../../contracts/decision';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import type { TypedRule } from '../../contracts/rule';
import type { Verdict } from '../../contracts/verdict';
import type { Before } from './execution';

/** What the engine's types must know of an agent or a tool: its schemas. Entries of the catalogues have this shape. */
export interface Typed {
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
}

/** The names and types that a process may use: its agents, tools and rules. */
export interface Catalogue {
  readonly agents: Readonly<Record<string, Typed>>;
  readonly tools: Readonly<Record<string, Typed>>;
  readonly rules: Readonly<Record<string, TypedRule>>;
}

type Names<Group> = Extract<keyof Group, string>;
type InputOf<Entry extends Typed> = z.input<Entry['input']>;
type OutputOf<Entry extends Typed> = z.output<Entry['output']>;

/** Agents whose output is a Verdict and whose input takes this agent's input and output. */
type ReviewerOf<C extends Catalogue, Name extends Names<C['agents']>> = {
  [R in Names<C['agents']>]: OutputOf<C['agents'][R]> extends Verdict
    ? { objective: string; input: InputOf<C['agents'][Name]>; output: OutputOf<C['agents'][Name]> } extends InputOf<
        C['agents'][R]
      >
      ? R
      : never
    : never;
}[Names<C['agents']>];

/** Rules that take this agent's output. */
type RuleOf<C extends Catalogue, Name extends Names<C['agents']>> = {
  [R in Names<C['rules']>]: OutputOf<C['agents'][Name]> extends Parameters<C['rules'][R]>[0] ? R : never;
}[Names<C['rules']>];

export interface AgentOptions<C extends Catalogue, Name extends Names<C['agents']>> {
  /** What the step is about, for people: one short line. Default: nothing. */
  readonly about?: string;
  /** Checks that the output must pass, in order of cost: rules, pure functions, reviewers. Default: its schema only. */
  readonly gates?: readonly (
    RuleOf<C, Name> | ReviewerOf<C, Name> | ((output: OutputOf<C['agents'][Name]>) => Verdict)
  )[];
  /** Attempts with one model before the next. Default: the agent's own limit. */
  readonly attemptsMax?: number;
}

export interface ApprovalOptions<Subject> {
  /** What the person is shown; the decision is bound to it. */
  readonly of: Subject;
  /** The role that must decide. */
  readonly role: string;
  /** What the step is about, for people. Default: nothing. */
  readonly about?: string;
  /** The schema that an edited value must fit. Default: none, and edits are refused. */
  readonly edit?: z.ZodMiniType<Subject>;
  /** Time to decide. Default: two days. */
  readonly withinMs?: number;
  /** At least a minute. Default: a third of the time to decide. */
  readonly remindEveryMs?: number;
  /** The role that is asked when the deadline passes, with the same time again. Default: none, and the step expires. */
  readonly escalateTo?: string;
}

/** A positive decision. `value` is what was shown, or what the person made of it. */
export interface SignOff<Subject> {
  readonly decision: Extract<DecisionKind, 'approve' | 'edit'>;
  readonly value: Subject;
  readonly actor: string;
  readonly role: string;
  readonly comment: string | null;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
}

/** A process: a workflow function, and what clients must know of it. */
export interface Process<Input, Output> {
  (input: Input, before?: Before): Promise<RunResult<Output>>;
  readonly description: ProcessDescription;
}

/**
 * A process's only way to the world. Every call is a step: journaled, and answered from the journal when the process
 * function runs again. Steps throw a `Failure` when they cannot answer; one that is not caught ends the run.
 */
export interface Run<C extends Catalogue> {
  /**
   * Asks an agent. @throws `Rejected` by a gate or a person, `StepFailed`, `ApprovalExpired`, `OutOfBudget`
   */
  agent<Name extends Names<C['agents']>>(
    name: Name,
    input: InputOf<C['agents'][Name]>,
    options?: AgentOptions<C, Name>,
  ): Promise<OutputOf<C['agents'][Name]>>;
  /** Calls a tool. @throws the tool's own failure, or `StepFailed` when its attempts are used up */
  tool<Name extends Names<C['tools']>>(
    name: Name,
    input: InputOf<C['tools'][Name]>,
    options?: { readonly about?: string },
  ): Promise<OutputOf<C['tools'][Name]>>;
  /** Waits for a person. @throws `Rejected`, `ApprovalExpired`, `ApprovalWithdrawn` */
  approval<const Subject>(name: string, options: ApprovalOptions<Subject>): Promise<SignOff<Subject>>;
  /** Runs another process as a child. @throws `StepFailed` when it did not complete */
  process<Input, Output>(
    process: Process<Input, Output>,
    input: Input,
    options?: { readonly about?: string },
  ): Promise<Output>;
  /** Works on items, a bounded number at once (10 unless said otherwise); results keep the items' order. */
  map<Item, Result>(
    items: readonly Item[],
    work: (item: Item, index: number) => Promise<Result>,
    options?: { readonly concurrencyMax?: number },
  ): Promise<Result[]>;
  /** Waits for a time that may be days. */
  sleep(durationMs: number, options?: { readonly about?: string }): Promise<void>;
  /** The time of asking, in epoch milliseconds: the same whenever the process function runs again. */
  now(): Promise<number>;
  /** A random identifier: the same whenever the process function runs again. */
  uuid(): Promise<string>;
  /** Says that a part of the result is missing: the run then ends `completedPartially`. */
  leaveOut(what: string, why: string): void;
}
