import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerCase } from '../../src/contracts/customer-case';
import { parsed, sampleFile } from '../support/shop-world';
import { independentCases, telltaleCases } from './chaos-cases';
import { workThrough, type Aftermath } from './chaos-world';

jest.setTimeout(1_200_000);

/** By it a run that failed is repeated: it draws the cases and the moments of the kills. */
const seed = Number(process.env['COUNTERPOINT_CHAOS_SEED'] ?? Date.now() % 1_000_000);
const casesCount = 50;
const killsCount = 50;
/** A worker is killed at a random moment of this time after it was seen at work. */
const killWithinMs = 150;

const shop = () => parsed(readFileSync(sampleFile, 'utf8'));

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The state of the world alone, by record; a dump as one line would make a difference unreadable. */
function recordsOf({ dump }: Aftermath): unknown {
  return parsed(dump);
}

function outcomesOf({ results }: Aftermath): string[] {
  return results.map(({ outcome }) => outcome);
}

/** Everything that must be the same, whether the worker was killed or not. */
function expectTheSame(chaos: Aftermath, peace: Aftermath): void {
  expect(outcomesOf(chaos)).toEqual(outcomesOf(peace));
  expect(chaos.results).toEqual(peace.results);
  expect(recordsOf(chaos)).toEqual(recordsOf(peace));
  expect(chaos.dump === peace.dump).toBe(true);
  expect(chaos.effects).toEqual(peace.effects);
  expect(chaos.cases).toEqual(peace.cases);
}

/** What stands in the shop is what the runs say that they did, one effect for each of their steps. */
function expectAccountedFor({ results, effects, cases }: Aftermath): void {
  const steps = results.flatMap(({ effects: standing }) => standing);
  const ofCases = steps.filter((step) => /^(open|close)Case-/.test(step));
  expect(effects).toHaveLength(steps.length - ofCases.length);
  expect(cases.filter(({ state }) => state !== 'givenUp')).toHaveLength(
    results.filter(({ outcome }) => outcome === 'completed').length,
  );
}

/** The cases are of every kind, or the comparison would say little. */
function expectVariety({ results, effects, dump }: Aftermath, cases: readonly CustomerCase[]): void {
  const refusals = results.filter((result) => JSON.stringify(result).includes('"refusal"'));
  expect(results.filter(({ outcome }) => outcome === 'rolledBack').length).toBeGreaterThan(0);
  expect(results.filter(({ outcome }) => outcome === 'completed').length).toBeGreaterThan(casesCount / 3);
  expect(refusals.length).toBeGreaterThan(5);
  expect(effects.length).toBeGreaterThan(casesCount);
  expect(cases.flatMap(({ operations = [] }) => operations).length).toBeGreaterThan(5 * casesCount);
  expect(dump).not.toBe(JSON.stringify(shop()));
}

describe(`fifty cases at once, by COUNTERPOINT_CHAOS_SEED=${seed}`, () => {
  const cases = independentCases(shop(), casesCount, seed);
  it('come to the same when their worker is killed fifty times in the middle of its work', async () => {
    const peace = await workThrough(cases, {});
    expectVariety(peace, cases);
    expectAccountedFor(peace);
    const chaos = await workThrough(cases, {
      kills: { count: killsCount, withinMs: killWithinMs, random: randomOf(seed) },
    });
    expect(chaos.struck).toHaveLength(killsCount);
    expectTheSame(chaos, peace);
    expectAccountedFor(chaos);
  });
});

describe('a worker that does not record the keys of effects', () => {
  it('is told from one that does, after one kill between an effect and its answer', async () => {
    const cases = telltaleCases(shop(), 8);
    const peace = await workThrough(cases, {});
    expect(outcomesOf(peace)).toEqual(cases.map(() => 'completed'));
    const afterMs = 2_500;
    const chaos = await workThrough(cases, {
      preload: join(__dirname, 'keyless-effects.cjs'),
      kills: { count: 1, withinMs: afterMs, random: () => 1 },
    });
    expect(outcomesOf(chaos)).toContain('rolledBack');
    expect(() => {
      expectTheSame(chaos, peace);
    }).toThrow();
  });
});
