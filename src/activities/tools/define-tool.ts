import type * as z from 'zod/mini';
import type { ToolCard } from '../../contracts/manifest';
import type { Services } from '../services';

/** What a tool is called with beside its input. The key is the same for every attempt at one effect. */
export interface ToolContext {
  readonly services: Services;
  readonly idempotencyKey: string;
}

interface ToolBase<In extends z.ZodMiniType, Out extends z.ZodMiniType> {
  readonly description: string;
  /** Default: 1. */
  readonly version?: string;
  readonly input: In;
  readonly output: Out;
  /** The longest that one call may take. Default: one minute. */
  readonly timeoutMs?: number;
  /** The role that must approve each call that a model asks for. Default: nobody, but a pivot's is asked always. */
  readonly approvedBy?: string;
  /** May be called again with the same key. A typed failure that is not retryable says that nothing was changed. */
  execute(input: z.output<In>, context: ToolContext): Promise<z.input<Out>>;
}

/** What a tool may change, in the saga terms, and what that obliges it to have. */
type ToolEffect<In extends z.ZodMiniType, Out extends z.ZodMiniType> =
  | {
      readonly effect: 'none';
      /**
       * Whether it answers at once and may be repeated for nothing: then the worker that has the run calls it in place, as
       * a local activity. Default: no.
       */
      readonly isQuick?: boolean;
    }
  | (ChangingEffect<In, Out> & { readonly isQuick?: never });

type ChangingEffect<In extends z.ZodMiniType, Out extends z.ZodMiniType> =
  | { readonly effect: 'retriable' }
  | {
      readonly effect: 'compensatable';
      /** Undoes the effect of the key; must bear that it never happened, and being called twice. */
      compensate(input: z.output<In>, context: ToolContext): Promise<void>;
      /** What stands under the key, for an effect whose outcome is unknown. */
      lookup(context: ToolContext): Promise<z.input<Out> | undefined>;
    }
  | {
      readonly effect: 'pivot';
      /** Who must have approved before it happens: it cannot be undone. */
      readonly approvedBy: string;
      lookup?(context: ToolContext): Promise<z.input<Out> | undefined>;
    };

export type ToolDefinition<
  In extends z.ZodMiniType = z.ZodMiniType,
  Out extends z.ZodMiniType = z.ZodMiniType,
> = ToolBase<In, Out> & ToolEffect<In, Out>;

const timeoutMsDefault = 60_000;

/** Defines a tool; its name is its key in the catalogue. */
export function defineTool<const In extends z.ZodMiniType, const Out extends z.ZodMiniType>(
  definition: ToolDefinition<In, Out>,
): ToolDefinition<In, Out> {
  return definition;
}

/** What a manifest records of a tool. */
export function toolCard(name: string, tool: ToolDefinition): ToolCard {
  const { description, effect, version = '1', timeoutMs = timeoutMsDefault } = tool;
  const approval = tool.approvedBy === undefined ? {} : { approvedBy: tool.approvedBy };
  const quick = tool.effect === 'none' && tool.isQuick === true ? { isQuick: true as const } : {};
  return { name, version, description, effect, timeoutMs, hasLookup: 'lookup' in tool, ...approval, ...quick };
}
