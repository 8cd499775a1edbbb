import { maskOf } from '../../../src/client/rehearse/mask';
import type { EffectEvent } from '../../../src/contracts/rehearsal';

const key = '0123456789abcdef';
const event: EffectEvent = {
  ...{ step: 'publish-1', tool: 'publish', effect: 'compensatable', idempotencyKey: key, action: 'do' },
  change: { removed: [], added: [] },
};

describe('the mask of a state', () => {
  const mask = maskOf([event]);

  it('makes states of equal runs equal: their keys, and when their reports were written', () => {
    expect(mask.state([`report a-${key.slice(0, 8)}.md at 2026-11-21 09:04 UTC`, `messages {"ref":"${key}"}`])).toEqual(
      ['messages {"ref":"<key>"}', 'report a-<key>.md at <moment>'],
    );
  });

  it('hides nothing else: no date, no time of another record, no key of another run', () => {
    const state = ['orders {"at":"2026-11-21T09:04:00Z"}', 'report a-fedcba98.md, due on 2026-11-21'];
    expect(mask.state(state)).toEqual(state);
  });
});
