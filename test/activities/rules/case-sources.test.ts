import { decideActions } from '../../../src/activities/models/service/decide-actions';
import { readCase } from '../../../src/activities/models/service/read-case';
import { writeReply } from '../../../src/activities/models/service/write-reply';
import { decisionFollowsFromReading } from '../../../src/activities/rules/decision-follows-from-reading';
import { differencesStand } from '../../../src/activities/rules/differences-stand';
import { readingKeepsToTheMessage } from '../../../src/activities/rules/reading-keeps-to-the-message';
import { replySaysOnlyTheCase } from '../../../src/activities/rules/reply-says-only-the-case';
import type { CaseDecision } from '../../../src/contracts/case-decision';
import type { CaseReading } from '../../../src/contracts/case-reading';
import type { Verdict } from '../../../src/contracts/verdict';
import { annsRecords } from '../models/service/basis';

const artifacts = {
  put: () => Promise.reject(new Error('Cases store no artifacts.')),
  get: () => Promise.reject(new Error('Cases store no artifacts.')),
};
const feedbackOf = (verdict: Verdict) => ('feedback' in verdict ? verdict.feedback : '');

describe('the rule on readings', () => {
  const message =
    'Ann Lee, zip 12180. Please return the red lamp and the kettle from order #A1, refund it to my paypal. ' +
    'Cancel order #B2 because I no longer need it. My hand hurts and someone should pay. --';
  const reading = readCase(message);
  const hold = (other: Partial<CaseReading>) =>
    readingKeepsToTheMessage({ ...reading, ...other }, { input: { message }, artifacts });
  const [giveBack, cancel] = reading.requests;
  if (giveBack?.ask !== 'return' || cancel?.ask !== 'cancel') throw new Error('Expected a return and a cancellation.');

  it.each<[string, Partial<CaseReading>, RegExp]>([
    ['an order that is not named', { requests: [giveBack, { ...cancel, orderId: '#C3' }] }, /“#C3” does not stand/],
    ['another order of the message', { requests: [giveBack, { ...cancel, orderId: '#A1' }] }, /asks to cancel/],
    ['an item left out', { requests: [{ ...giveBack, items: ['red lamp'] }, cancel] }, /asks to return/],
    ['a request left out', { requests: [giveBack] }, /asks to cancel/],
    ['a request twice', { requests: [giveBack, cancel, cancel] }, /more often than it is said/],
    ['a reason nobody gave', { requests: [giveBack, { ...cancel, reason: 'ordered by mistake' }] }, /“ordered by/],
    ['a sentence that is dropped', { notUnderstood: [] }, /My hand hurts.*is left out/],
    ['a sentence that was turned', { notUnderstood: ['My hand hurts and someone should not pay'] }, /not pay/],
    ['a sentence listed twice', { notUnderstood: [...reading.notUnderstood, ...reading.notUnderstood] }, /listed more/],
    ['a name left out', { name: null }, /the name and postal code Ann Lee 12180/],
    ['a confirmation that nobody gave', { confirmed: true }, /nothing in the message confirms/],
  ])('sends back %s', async (_what, other, why) => {
    const verdict = await hold(other);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('accepts what the reader reads, and a request that is left to a person', async () => {
    expect(await hold({})).toEqual({ verdict: 'accept' });
    const left = { requests: [giveBack], notUnderstood: [...reading.notUnderstood, cancel.said] };
    expect(await hold(left)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on what follows from a reading', () => {
  const message =
    'Cancel order #pending because I no longer need it. Cancel order #processed because I no longer need it.';
  const input = { reading: readCase(message), records: annsRecords };
  const decision = decideActions(input);
  const hold = (other: Partial<CaseDecision>) =>
    decisionFollowsFromReading({ ...decision, ...other }, { input, artifacts });
  const [denial = ''] = decision.denials;

  it.each<[string, Partial<CaseDecision>, RegExp]>([
    ['an action left out', { actions: [] }, /cancel_pending_order.*is left out/],
    [
      'an action nobody asked for',
      {
        actions: [
          ...decision.actions,
          { name: 'cancel_pending_order', arguments: { order_id: '#gift', reason: 'no longer needed' } },
        ],
      },
      /#gift.*was not asked for/,
    ],
    ['a denial left out', { denials: [] }, /1 denials and not 0/],
    ['a denial of another order', { denials: [denial.replace('#processed', '#pending')] }, /must name #processed/],
    ['a denial that was turned', { denials: [denial.replace('can be', 'can not be')] }, /“not” was added/],
    ['a sentence added', { denials: [`${denial} It amounts to 0.`] }, /“It amounts to 0\.” names nothing/],
    ['an answer to nothing', { facts: ['Order #pending is pending.'] }, /0 facts and not 1/],
  ])('sends back %s', async (_what, other, why) => {
    const verdict = await hold(other);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('sends back a case that is settled over a sentence that nobody understood', async () => {
    const doubtful = { ...input, reading: { ...input.reading, notUnderstood: ['My hand hurts'] } };
    const settled = await decisionFollowsFromReading(decision, { input: doubtful, artifacts });
    expect(feedbackOf(settled)).toMatch(/a person must take the case/);
    const vague = { ...decideActions(doubtful), handOff: 'A person must look at #pending.' };
    const handedOff = await decisionFollowsFromReading(vague, { input: doubtful, artifacts });
    expect(feedbackOf(handedOff)).toMatch(/does not say that “My hand hurts”/);
  });

  it('accepts the policy’s word, and a case that is left to a person instead', async () => {
    expect(decision.actions).toHaveLength(1);
    expect(await hold({})).toEqual({ verdict: 'accept' });
    const left: CaseDecision = {
      ...{ actions: [], refunds: [], movedCents: 0, denials: [], questions: [], facts: [] },
      handOff: 'Two cancellations at once: look at #pending and #processed.',
    };
    expect(await hold(left)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on what a reply says', () => {
  const decision: CaseDecision = {
    actions: [{ name: 'cancel_pending_order', arguments: { order_id: '#W1', reason: 'no longer needed' } }],
    refunds: [{ orderId: '#W1', paymentMethodId: 'card_1', amountCents: 2_525 }],
    ...{ movedCents: 2_525, denials: ['Order #W2 is processed.'], questions: [], facts: [], handOff: null },
  };
  const input = { name: { first_name: 'Ann', last_name: 'Lee' }, decision };
  const reply = writeReply(input.name, decision);
  const hold = (body: string, subject = reply.subject) => replySaysOnlyTheCase({ subject, body }, { input, artifacts });

  it.each<[string, string, RegExp]>([
    ['another name', reply.body.replace('Ann Lee', 'Kestrel Lee'), /not greeted by name/],
    ['a sentence added', reply.body.replace('What we did', 'It amounts to 9,582.\nWhat we did'), /It amounts to 9,582/],
    ['a sentence turned', reply.body.replace('is cancelled', 'is not cancelled'), /“not” was added/],
    [
      'an action without its reason',
      reply.body.replace(' (no longer needed)', ''),
      /no line tells #W1, no longer needed/,
    ],
    ['a refund without its method', reply.body.replace('to card_1', 'to you'), /card_1/],
    ['a paragraph twice', reply.body.replace('Dear Ann Lee,', 'Dear Ann Lee,\n\nDear Ann Lee,'), /“Dear Ann Lee,”/],
    ['no signature', reply.body.replace('Your service desk', ''), /has not signed/],
  ])('sends back %s', async (_what, body, why) => {
    const verdict = await hold(body);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('sends back a subject that says otherwise', async () => {
    expect(feedbackOf(await hold(reply.body, 'Your request is not done'))).toMatch(/Your request is not done/);
  });

  it('accepts the house’s reply, and another’s words for the same', async () => {
    expect(await hold(reply.body)).toEqual({ verdict: 'accept' });
    const own = reply.body.replace(
      'Order #W1 is cancelled (no longer needed)',
      'We took back order #W1, no longer needed',
    );
    expect(own).not.toBe(reply.body);
    expect(await hold(own)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on differences', () => {
  const actions = [
    { name: 'cancel_pending_order' as const, arguments: { order_id: '#pending', reason: 'no longer needed' } },
  ];
  const input = { actions, before: annsRecords, after: annsRecords };

  it('sends back a difference that is passed over, and one that is made up', async () => {
    const blind = await differencesStand({ differences: [] }, { input, artifacts });
    expect(feedbackOf(blind)).toMatch(/passed over: status of #pending/);
    const idle = { ...input, actions: [] };
    const seeing = await differencesStand({ differences: ['status of #pending is wrong'] }, { input: idle, artifacts });
    expect(feedbackOf(seeing)).toMatch(/made up: status of #pending/);
  });

  it('accepts records that are as decided', async () => {
    const idle = { ...input, actions: [] };
    expect(await differencesStand({ differences: [] }, { input: idle, artifacts })).toEqual({ verdict: 'accept' });
  });
});
