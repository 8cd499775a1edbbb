import type * as z from 'zod/mini';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { conduct } from './conduct';
import type { Before } from './execution';
import type { Catalogue, Process, Run } from './run';
import { runOf } from './steps';

/** What a process author writes. `execute` must be a function of its input and of what the run answers. */
export interface ProcessDefinition<
  C extends Catalogue,
  In extends z.ZodMiniType,
  Out extends z.ZodMiniType,
> extends ProcessDescription {
  readonly input: In;
  readonly output: Out;
  readonly execute: (run: Run<C>, input: z.output<In>) => Promise<z.input<Out>>;
}

/**
 * Binds `defineProcess` to the catalogues whose agents, tools and rules its processes may use.
 *
 * @example
 * const defineProcess = processDefiner<{ agents: Agents; tools: Tools; rules: Rules }>();
 * export const greeting = defineProcess({ name: 'greeting', …, execute: (run, { name }) => run.agent('greeter', { name }) });
 */
export function processDefiner<C extends Catalogue>() {
  return function defineProcess<const In extends z.ZodMiniType, const Out extends z.ZodMiniType>(
    definition: ProcessDefinition<C, In, Out>,
  ): Process<z.input<In>, z.output<Out>> {
    const { execute, ...description } = definition;
    const workflow = async (input: z.input<In>, before?: Before): Promise<RunResult<z.output<Out>>> => {
      const result = await conduct(description, (pass, parsed) => execute(runOf<C>(pass), parsed as z.output<In>), {
        input,
        before,
      });
      return result as RunResult<z.output<Out>>; // conduct has held the value against the output schema
    };
    // Clients start a workflow by its function's name.
    return Object.assign(Object.defineProperty(workflow, 'name', { value: definition.name }), { description });
  };
}
