import * as z from 'zod/mini';
import { days } from '../../../src/contracts/duration';
import { processDefiner } from '../../../src/workflows/engine/define-process';
import type { BenchCatalogue } from './catalogue';

export const defineProcess = processDefiner<BenchCatalogue>();

export const about = { version: '1.0.0', owner: 'bench', objective: 'Be measured.' };

/** Enough for every work. */
export const budget = {
  costMicroUsdMax: 1_000_000_000,
  tokensMax: 1_000_000_000,
  callsMax: 100_000,
  durationMsMax: days(1),
};

export const Result = z.strictObject({ text: z.string(), toolCalls: z.int() });

const text = z.string();
const textBytes = z.int();
const pool = { items: z.int(), inFlightMax: z.int(), textBytes };

/** What the works are started with, by the kinds of their shapes. */
export const Inputs = {
  chain: z.strictObject({ shape: z.strictObject({ kind: z.literal('chain'), steps: z.int(), textBytes }), text }),
  fanOut: z.strictObject({ shape: z.strictObject({ kind: z.literal('fanOut'), agents: z.int(), textBytes }), text }),
  long: z.strictObject({
    shape: z.strictObject({ kind: z.literal('long'), turns: z.int(), resultBytes: z.int(), textBytes }),
    text,
  }),
  wide: z.strictObject({ shape: z.strictObject({ kind: z.literal('wide'), ...pool }), text }),
  children: z.strictObject({ shape: z.strictObject({ kind: z.literal('children'), ...pool }), text }),
};
