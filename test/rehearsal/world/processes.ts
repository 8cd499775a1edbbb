import * as z from 'zod/mini';
import { days } from '../../../src/contracts/duration';
import { processDefiner } from '../../../src/workflows/engine/define-process';
import type { VentureCatalogue } from './catalogue';

const defineProcess = processDefiner<VentureCatalogue>();
const reserving = z.enum(['reserve', 'reserveForGood', 'reserveAnew']);

/** Reserves an item with each tool, has it confirmed, and signed off where that is asked. */
export const venture = defineProcess({
  name: 'venture',
  version: '1.0.0',
  owner: 'tests',
  objective: 'Rehearse.',
  input: z.strictObject({ tools: z.array(reserving), isSignedOff: z.boolean() }),
  output: z.strictObject({ text: z.string() }),
  budget: { costMicroUsdMax: 1_000, tokensMax: 1_000, callsMax: 100, durationMsMax: days(30) },
  async execute(run, { tools, isSignedOff }) {
    const reservations: string[] = [];
    for (const [index, tool] of tools.entries()) {
      reservations.push((await run.tool(tool, { item: `item ${index}` })).reservation);
    }
    const { text } = await run.agent('clerk', { reservations });
    if (isSignedOff) await run.approval('signOff', { of: { text }, role: 'manager', withinMs: days(2) });
    return { text };
  },
});
