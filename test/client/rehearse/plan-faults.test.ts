import { planFaults } from '../../../src/client/rehearse/plan-faults';
import { effectFaults, type EffectEvent } from '../../../src/contracts/rehearsal';

const event = (step: string, action: EffectEvent['action'] = 'do'): EffectEvent => ({
  ...{ step, tool: 'book', effect: 'compensatable', idempotencyKey: `key of ${step}`, action },
  change: { removed: [], added: [step] },
});
const called = (step: string) => ({ type: 'called', step }) as const;
const answered = (step: string) => ({ type: 'answered', step }) as const;
const asked = (step: string) => ({ type: 'asked', step }) as const;

describe('the plan of a rehearsal', () => {
  it('has every fault of every effect once, in the order of the effects, and the last sign-off', () => {
    const planned = planFaults({
      events: [event('book-1'), event('book-1'), event('book-2')],
      course: [called('book-1'), answered('book-1'), called('book-2'), asked('signOff-1'), asked('signOff-2')],
    });
    expect(planned.map(({ fault }) => `${fault.step} ${fault.kind}`)).toEqual([
      ...effectFaults.map((kind) => `book-1 ${kind}`),
      ...effectFaults.map((kind) => `book-2 ${kind}`),
      'signOff-2 signOffRejected',
    ]);
  });

  it('plans nothing for a run that changes nothing and asks nobody', () => {
    expect(planFaults({ events: [], course: [called('reader-1'), answered('reader-1')] })).toEqual([]);
  });

  it('says that a step cannot be rejected when the run ends with it, and not twice when one call is left', () => {
    const course = [called('book-1'), answered('book-1'), called('book-2'), answered('book-2')];
    const planned = planFaults({ events: [event('book-1'), event('book-2')], course });
    const whyNot = planned.filter((one) => one.whyNot !== null).map(({ fault }) => `${fault.step} ${fault.kind}`);
    expect(whyNot).toEqual(['book-1 rejectedAtEnd', 'book-2 rejectedLater', 'book-2 rejectedAtEnd']);
  });

  it('rejects at the last call that the run in peace made', () => {
    const course = [called('book-1'), answered('book-1'), called('writer-1'), called('writer-2')];
    const atEnd = planFaults({ events: [event('book-1')], course }).find(({ fault }) => fault.kind === 'rejectedAtEnd');
    expect(atEnd).toMatchObject({ fault: { lastCall: 'writer-2' }, whyNot: null });
  });
});
