import * as z from 'zod/mini';
import { days, hours } from '../../src/contracts/duration';
import { processDefiner } from '../../src/workflows/engine/define-process';
import type { TestCatalogue } from '../support/catalogue';

const texts = z.array(z.string());

/** A newer `fanOut` that looks something up first, as no version of a process may that has runs under way. */
export const fanOut = processDefiner<TestCatalogue>()({
  ...{ name: 'fanOut', version: '1.0.0', owner: 'tests', objective: 'Test the engine.' },
  input: z.strictObject({ topics: texts, concurrencyMax: z.int() }),
  output: z.strictObject({ texts, startedAt: z.number(), id: z.string() }),
  budget: { costMicroUsdMax: 1_000, tokensMax: 1_000, callsMax: 500, durationMsMax: days(30) },
  async execute(run) {
    await run.tool('lookUp', { key: 'first of all' });
    await run.sleep(hours(1), { about: 'a pause' });
    return { texts: [], startedAt: await run.now(), id: await run.uuid() };
  },
});
