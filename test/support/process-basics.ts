import * as z from 'zod/mini';
import { days } from '../../src/contracts/duration';
import { processDefiner } from '../../src/workflows/engine/define-process';
import type { TestCatalogue } from './catalogue';

/** What the test processes have in common. */
export const defineProcess = processDefiner<TestCatalogue>();
export const about = { version: '1.0.0', owner: 'tests', objective: 'Test the engine.' };
export const budget = { costMicroUsdMax: 1_000, tokensMax: 1_000, callsMax: 500, durationMsMax: days(30) };
export const texts = z.array(z.string());
