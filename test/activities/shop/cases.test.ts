import { closeCase, giveUpCase, hasCase, openCase } from '../../../src/activities/shop/cases';
import { describeOnEachDatabase, failureOf } from '../../support/shop-world';

describeOnEachDatabase('a case', (world) => {
  const at = (caseId: string, idempotencyKey: string) => [world().database, { caseId, idempotencyKey }] as const;
  const open = (caseId: string, key: string) => failureOf(openCase(...at(caseId, key)));
  const taken = 'OperationRefused: caseTaken';
  beforeEach(() => world().database.query('truncate cases'));

  it('that ten take up at once is got by one', async () => {
    const tries = Array.from({ length: 10 }, (_none, index) => open('C-1', `key ${index}`));
    const results = await Promise.all(tries);
    expect(results.filter((result) => result === 'no failure')).toHaveLength(1);
    expect(results.filter((result) => result === taken)).toHaveLength(9);
  });

  it('is kept by its key however often it is asked for, and by no other', async () => {
    expect([await open('C-1', 'k'), await open('C-1', 'k'), await open('C-1', 'other')]).toEqual([
      'no failure',
      'no failure',
      taken,
    ]);
    expect([await hasCase(world().database, 'k'), await hasCase(world().database, 'other')]).toEqual([true, false]);
  });

  it('that was given up is free for another key, and never again for its own', async () => {
    await open('C-1', 'k');
    await giveUpCase(...at('C-1', 'k'));
    await giveUpCase(...at('C-1', 'k'));
    expect([await open('C-1', 'k'), await open('C-1', 'other')]).toEqual(['EffectUndone', 'no failure']);
    expect(await hasCase(world().database, 'k')).toBe(false);
  });

  it('given up before it was taken up is refused to a late attempt', async () => {
    await giveUpCase(...at('C-1', 'k'));
    expect(await open('C-1', 'k')).toBe('EffectUndone');
    expect(await open('C-1', 'other')).toBe('no failure');
  });

  it('that is closed is taken up by nobody', async () => {
    await open('C-1', 'k');
    await closeCase(world().database, { caseId: 'C-1', summary: 'done' });
    expect(await open('C-1', 'other')).toBe(taken);
  });
});
