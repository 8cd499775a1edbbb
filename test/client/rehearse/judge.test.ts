import { impossibleRow, judge } from '../../../src/client/rehearse/judge';
import type { RehearsedRun } from '../../../src/client/rehearse/rehearsed-run';
import type { EffectEvent } from '../../../src/contracts/rehearsal';

const none = { removed: [], added: [] };
const booked = { removed: [], added: ['booking A'] };
const event = (rest: Partial<EffectEvent>): EffectEvent => ({
  ...{ step: 'book-1', tool: 'book', effect: 'compensatable', idempotencyKey: 'key', action: 'do', change: booked },
  ...rest,
});
const inPeace: RehearsedRun = {
  ...{ fault: null, hasStruck: false, outcome: 'completed', reason: null, events: [event({})], course: [] },
  ...{ before: ['order 1'], after: ['booking A', 'order 1'], tookMs: 1 },
};
const fault = { kind: 'failsAfter', step: 'book-1', tool: 'book', lastCall: 'book-1' } as const;
const run = (rest: Partial<RehearsedRun>): RehearsedRun => ({ ...inPeace, fault, hasStruck: true, ...rest });
const undone = event({ action: 'undo', change: { removed: ['booking A'], added: [] } });
const rolledBack: Partial<RehearsedRun> = {
  ...{ fault: { ...fault, kind: 'cancelled' }, outcome: 'rolledBack', events: [event({}), undone], after: ['order 1'] },
};

describe('the judgement of a rehearsed run', () => {
  it.each<[string, Partial<RehearsedRun>, object]>([
    [
      'completed in another state than in peace',
      { after: ['booking A', 'booking A', 'order 1'] },
      { expected: 'final', isAsExpected: false, difference: { removed: [], added: ['booking A'] } },
    ],
    [
      'completed without what should have been done',
      { after: ['order 1'] },
      { expected: 'final', isAsExpected: false, difference: { removed: ['booking A'], added: [] } },
    ],
    [
      'rolled back and left something',
      { ...rolledBack, after: ['booking A', 'order 1'] },
      { expected: 'initial', isAsExpected: false, difference: { removed: [], added: ['booking A'] } },
    ],
    [
      'rolled back and took something that was there before',
      { ...rolledBack, after: [] },
      { expected: 'initial', isAsExpected: false, difference: { removed: ['order 1'], added: [] } },
    ],
    ['did something twice under one key', { events: [event({}), event({})] }, { doneTwice: 1, isAsExpected: true }],
    ['undid something twice', { ...rolledBack, events: [event({}), undone, undone] }, { doneTwice: 1 }],
    ['never came to its fault', { hasStruck: false }, { note: expect.stringContaining('did not happen') as string }],
    [
      'gave up where it could have gone on',
      { ...rolledBack, fault, reason: 'No answer.' },
      { note: 'expected it to complete: No answer.' },
    ],
    [
      'needs a person although everything can be undone',
      { ...rolledBack, outcome: 'needsRepair', reason: 'No undo.' },
      { note: 'a person is needed: No undo.' },
    ],
    [
      'says that it was rolled back although what cannot be undone was done',
      { ...rolledBack, events: [event({ effect: 'pivot' })], after: ['booking A', 'order 1'] },
      { isAsExpected: true, note: 'what cannot be undone was done, and the run ended rolledBack' },
    ],
    ['did not end', { outcome: 'noEnd', reason: 'it did not end' }, { note: 'it did not end' }],
    [
      'completed in part where it completed in peace',
      { outcome: 'completedPartially', after: ['order 1'] },
      { note: 'ended otherwise than the run in peace' },
    ],
    [
      'was not rejected although its sign-off was',
      { ...rolledBack, fault: { kind: 'signOffRejected', step: 'signOff-1' } },
      { note: 'expected rejected' },
    ],
  ])('is red for a run that %s', (_what, rest, expected) => {
    expect(judge(run(rest), inPeace)).toMatchObject({ ...expected, isGreen: false });
  });

  it('is red for a run in peace that did not complete', () => {
    const failed = { ...inPeace, outcome: 'rolledBack', reason: 'No shop.', events: [], after: ['order 1'] } as const;
    expect(judge(failed, failed)).toMatchObject({ note: 'expected it to complete: No shop.', isGreen: false });
  });

  it.each<[string, Partial<RehearsedRun>, object]>([
    ['completed as in peace', {}, { expected: 'final', undone: [] }],
    ['took everything back', rolledBack, { expected: 'initial', undone: ['book-1'] }],
    [
      'tried again under its key and changed nothing by it',
      { events: [event({}), event({ change: none })] },
      { doneTwice: 0 },
    ],
    [
      'undid what had not happened',
      { ...rolledBack, events: [event({ action: 'undo', change: none })] },
      { undone: [], doneTwice: 0 },
    ],
    [
      'reports what cannot be undone',
      {
        ...{ ...rolledBack, outcome: 'needsRepair', after: ['letter', 'order 1'] },
        events: [event({ effect: 'pivot', change: { removed: [], added: ['letter'] } })],
      },
      { expected: 'initial' },
    ],
    [
      'left what needs no undo',
      {
        ...{ ...rolledBack, after: ['note', 'order 1'] },
        events: [
          event({}),
          event({ effect: 'retriable', idempotencyKey: 'another', change: { removed: [], added: ['note'] } }),
          undone,
        ],
      },
      { expected: 'initial' },
    ],
  ])('is green for a run that %s', (_what, rest, expected) => {
    expect(judge(run(rest), inPeace)).toMatchObject({ ...expected, isAsExpected: true, note: null, isGreen: true });
  });

  it('says of a fault that cannot happen why not, and lets it count for nothing', () => {
    expect(impossibleRow(fault, 'nothing is asked after it')).toMatchObject({
      outcome: 'impossible',
      note: 'nothing is asked after it',
      isGreen: true,
    });
  });
});
