import type { ToolContext, ToolDefinition } from '../activities/tools/define-tool';
import type { EffectEvent, PlannedFault } from '../contracts/rehearsal';
import { differenceOf, type SystemsState } from '../contracts/systems-state';
import type { Parent } from './parent';
import { callOf, type Strike } from './strike';

/** With what tools are watched. */
export interface Watch {
  readonly runId: string;
  readonly parent: Parent;
  readonly strike: Strike;
  readonly fault: PlannedFault | null;
  readonly readState: () => Promise<SystemsState>;
}

/** How long a call may take that is going to be given up anyway. */
const timesOutAfterMs = 2_000;

/** The same tools, with every effect and every undo reported as it is seen from the systems, and the fault let in. */
export function watchedTools(
  tools: Readonly<Record<string, ToolDefinition>>,
  watch: Watch,
): Record<string, ToolDefinition> {
  const oneAtATime = turnstile();
  const watched = ([name, tool]: [string, ToolDefinition]) => [name, watchedTool(name, tool, { ...watch, oneAtATime })];
  return Object.fromEntries(Object.entries(tools).map(watched)) as Record<string, ToolDefinition>; // pairs of these
}

type WatchedAlone = Watch & { readonly oneAtATime: <T>(work: () => Promise<T>) => Promise<T> };

function watchedTool(name: string, tool: ToolDefinition, watch: WatchedAlone): ToolDefinition {
  if (tool.effect === 'none') return tool;
  const { effect } = tool;
  const { strike, fault, parent, runId } = watch;
  /** Does something, and reports what changed by it; nothing else that is watched happens meanwhile. */
  const report = <T>(action: EffectEvent['action'], { idempotencyKey }: ToolContext, work: () => Promise<T>) =>
    watch.oneAtATime(async () => {
      const before = await watch.readState();
      try {
        return await work();
      } finally {
        const change = differenceOf(before, await watch.readState());
        const event = { step: callOf(runId).step, tool: name, effect, idempotencyKey, action, change };
        await parent.tell({ type: 'effect', event });
      }
    });
  const timesOut = fault?.kind === 'timesOut' && fault.tool === name;
  const base = {
    ...tool,
    ...(timesOut ? { timeoutMs: timesOutAfterMs } : {}),
    async execute(input: unknown, context: ToolContext) {
      const call = callOf(runId);
      await strike.beforeEffect(call);
      const answer = await report('do', context, () => tool.execute(input, context));
      await strike.afterEffect(call, context.idempotencyKey);
      return answer;
    },
  };
  if (tool.effect !== 'compensatable') return base;
  return {
    ...base,
    compensate: (input: unknown, context: ToolContext) =>
      report('undo', context, () => tool.compensate(input, context)),
  } as ToolDefinition; // the same tool, and so of the same effect
}

/** Lets one in at a time, in the order in which they came. */
function turnstile() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
