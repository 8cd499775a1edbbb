import { activityInfo } from '@temporalio/activity';
import * as z from 'zod/mini';
import { defineTool } from '../../../src/activities/tools/define-tool';
import { newWorld, type World } from '../engine-world';
import type { agents, rules } from '../catalogue';
import type { EffectTool } from './program';
import type { Caller, RunWorld } from './run-world';

const input = z.strictObject({ topic: z.string() });
const output = z.strictObject({ answer: z.string() });

/** The worlds of all runs under way, by the id of the run. */
export type RunWorlds = Map<string, RunWorld>;

/** The tools that a drawn process uses, each call in the world of its run. */
function anyTools(worlds: RunWorlds) {
  const perform = async (tool: EffectTool, topic: string, idempotencyKey: string) => {
    const { world, ...caller } = here(worlds);
    return { answer: await world.perform(tool, topic, { ...caller, key: idempotencyKey }) };
  };
  const lookup = async ({ idempotencyKey }: { readonly idempotencyKey: string }) => {
    const { world, ...caller } = here(worlds);
    const answer = await world.lookUp({ ...caller, key: idempotencyKey });
    return answer === undefined ? undefined : { answer };
  };
  return {
    consult: defineTool({
      ...{ description: 'Consult a source.', effect: 'none' as const, input, output },
      execute: async ({ topic }) => {
        const { world, ...caller } = here(worlds);
        return { answer: await world.read(topic, caller) };
      },
    }),
    book: defineTool({
      ...{ description: 'Book something.', effect: 'compensatable' as const, input, output },
      execute: ({ topic }, { idempotencyKey }) => perform('book', topic, idempotencyKey),
      compensate: ({ topic }, { idempotencyKey }) => {
        const { world, ...caller } = here(worlds);
        return world.undo('book', topic, { ...caller, key: idempotencyKey });
      },
      lookup,
    }),
    announce: defineTool({
      ...{ description: 'Announce something.', effect: 'retriable' as const, input, output },
      execute: ({ topic }, { idempotencyKey }) => perform('announce', topic, idempotencyKey),
    }),
    pay: defineTool({
      ...{ description: 'Pay something.', effect: 'pivot' as const, approvedBy: 'editor', input, output },
      execute: ({ topic }, { idempotencyKey }) => perform('pay', topic, idempotencyKey),
      lookup,
    }),
  };
}

/** What a drawn process may use. */
export interface AnyCatalogue {
  readonly agents: typeof agents;
  readonly tools: ReturnType<typeof anyTools>;
  readonly rules: typeof rules;
}

/** A world for a worker: each run meets its own. */
export function anyWorld(worlds: RunWorlds, notifyUrl: string): World {
  const base = newWorld();
  return {
    ...base,
    notifyUrl,
    tools: anyTools(worlds),
    get policies() {
      return here(worlds).world.policies;
    },
    agents: {
      ...base.agents,
      writer: async ({ topic }: { readonly topic: string }, { feedback }) => {
        const { world, ...caller } = here(worlds);
        return { text: await world.write(topic, feedback.length, caller) };
      },
      critic: ({ input: asked, output: given }: { input: { topic: string }; output: { text: string } }) => {
        const { world, ...caller } = here(worlds);
        return world.review(asked.topic, given.text, caller);
      },
    },
  };
}

/** The world of the run on whose account an activity works, and the step. Children's ids begin with their parent's. */
function here(worlds: RunWorlds): Caller & { readonly world: RunWorld } {
  const { workflowExecution, activityId } = activityInfo();
  const owner = workflowExecution?.workflowId ?? '';
  const world = worlds.get(owner.split('.')[0] ?? '');
  if (world === undefined) throw new Error(`Expected the run ${owner} to have a world.`);
  return { world, owner, step: activityId.split('.')[0] ?? '', call: activityId };
}
