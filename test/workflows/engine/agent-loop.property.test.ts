import fc from 'fast-check';
import { agents } from '../../support/catalogue';
import { startEngine, type Engine } from '../../support/engine-world';
import type { Reply } from '../../support/model-server/reply';
import { askedOf, draft, startModelWorld, toolCalls } from '../../support/model-world';
import { desk } from '../../support/processes';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const runsCount = 12;
const limits = { turnsMax: 3, outputTokensMax: 500 };
const attemptsMax = 2;
/** Turns of a conversation, one more for an answer that was cut off, and one for each attempt after the first. */
const turnsMax = limits.turnsMax + 1 + attemptsMax - 1;
/** How often one turn is tried, with another model to try and without. */
const requestsMax = turnsMax * 3 + turnsMax * 14;

const replies: Readonly<Record<string, Reply>> = {
  lookUp: toolCalls(['c', 'lookUp', { key: 'k' }]),
  book: toolCalls(['c', 'book', { item: 'i' }]),
  both: toolCalls(['c', 'lookUp', { key: 'bad' }], ['d', 'book', { item: 'j' }]),
  unfitting: toolCalls(['c', 'book', { item: 7 }]),
  unknown: toolCalls(['c', 'publish', {}]),
  wrong: draft('The sea.'),
  noJson: { content: 'On tides.' },
  cut: { content: '{"text": "On ti', finishReason: 'length' },
  refusal: { refusal: 'No.' },
  quota: { error: { status: 429, code: 'insufficient_quota' } },
  down: { error: { status: 503 } },
  broken: { body: '<html>' },
  right: draft('On tides.'),
};
const script = fc.array(fc.constantFrom(...Object.keys(replies)), { minLength: 1, maxLength: 8 });

describe('an agent whose models answer whatever they like', () => {
  it('asks them a bounded number of times, ends in an outcome, and leaves nothing done unless it completed', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (names) => {
        const chosen = names.map((name) => replies[name]!);
        const world = await startModelWorld({ rules: [{ replies: chosen, then: 'repeat' }] });
        world.definitions['clerk'] = { ...agents.clerk, limits, attemptsMax };
        try {
          await engine.withWorker(world, async (taskQueue) => {
            const handle = await engine.start(desk, taskQueue, { topic: 'tides' });
            const { outcome } = await handle.result();
            expect(['completed', 'rejected', 'rolledBack']).toContain(outcome);
            if (outcome !== 'completed') expect([...world.standing.values()]).toEqual([]);
          });
          expect(askedOf(world).length).toBeGreaterThan(0);
          expect(askedOf(world).length).toBeLessThanOrEqual(requestsMax);
        } finally {
          await world.close();
        }
      }),
      { numRuns: runsCount },
    );
  }, 120_000);
});
