import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { defineAgent } from '../../../src/agents/define-agent';
import { defineTool, type ToolContext } from '../../../src/activities/tools/define-tool';

const input = z.strictObject({ item: z.string() });
const output = z.strictObject({ reservation: z.string() });

/** What every tool here has in common: it enters an item into the register of matters, under its key. */
const reservation = {
  description: 'Reserve an item.',
  effect: 'compensatable',
  input,
  output,
  async execute({ item }: { readonly item: string }, { services, idempotencyKey }: ToolContext) {
    const matter = { contract: item, contractSha256: 'none', recommendation: 'sign', risks: 0, gaps: 0 } as const;
    await services.matters.file({ ...matter, signedOffBy: 'rehearsal' }, idempotencyKey);
    return { reservation: item };
  },
  compensate: (_input: unknown, { services, idempotencyKey }: ToolContext) => services.matters.withdraw(idempotencyKey),
  async lookup({ services, idempotencyKey }: ToolContext) {
    const matter = await services.matters.find(idempotencyKey);
    return matter === undefined ? undefined : { reservation: matter.contract };
  },
} as const;

/** A tool as it should be, and tools with one defect each. */
export const tools = {
  reserve: defineTool(reservation),
  /** Its undo does nothing. */
  reserveForGood: defineTool({ ...reservation, compensate: () => Promise.resolve() }),
  /** It takes each attempt for another effect. */
  reserveAnew: defineTool({
    ...reservation,
    execute: (given, context) =>
      reservation.execute(given, { ...context, idempotencyKey: `${context.idempotencyKey} ${randomUUID()}` }),
    compensate: async ({ item }, { services }) => {
      await services.database.query('delete from matters where contract = $1', [item]);
    },
  }),
};

export const agents = {
  clerk: defineAgent({
    version: '1.0.0',
    owner: 'tests',
    objective: 'Confirm what was reserved.',
    instructions: 'Confirm.',
    input: z.strictObject({ reservations: z.array(z.string()) }),
    output: z.strictObject({ text: z.string() }),
    models: ['a-model-that-nobody-has', 'code'],
  }),
};

export const codeAgents = {
  clerk: ({ reservations }: { readonly reservations: readonly string[] }) =>
    Promise.resolve({ text: `Reserved: ${reservations.join(', ')}.` }),
};

export interface VentureCatalogue {
  readonly agents: typeof agents;
  readonly tools: typeof tools;
  readonly rules: Readonly<Record<string, never>>;
}
