import { decideActions } from '../../../../src/activities/models/service/decide-actions';
import { moneyAddsUp } from '../../../../src/activities/rules/money-adds-up';
import { ownRecordsOnly } from '../../../../src/activities/rules/own-records-only';
import { policyHolds } from '../../../../src/activities/rules/policy-holds';
import type { CaseRequest } from '../../../../src/contracts/case-reading';
import type { RuleContext } from '../../../../src/activities/rules/rule';
import { asks } from './basis';

const said = 'what was said';
const address = { address1: '2 Elm Road', address2: '', city: 'Troy', state: 'NY', country: 'USA', zip: '12180' };
const cancel = (orderId: string | null, reason: string | null = 'I no longer need it'): CaseRequest => ({
  ...{ ask: 'cancel', orderId, reason, said },
});
const giveBack = (orderId: string, items: string[], method: string | null = 'ann-card'): CaseRequest => ({
  ...{ ask: 'return', orderId, items, method, said },
});
const replace = (
  orderId: string,
  item: string,
  ...[by, method = 'ann-card']: [string, (string | null)?]
): CaseRequest => ({
  ...{ ask: 'replace', orderId, item, by, method, said },
});
const payBy = (orderId: string, method: string): CaseRequest => ({ ask: 'payBy', orderId, method, said });
const shipTo = (orderId: string): CaseRequest => ({ ask: 'shipTo', orderId, address, said });

describe('the decider of actions', () => {
  it.each<[string, CaseRequest[], RegExp]>([
    ['cancels no delivered order', [cancel('#delivered')], /is delivered; only a pending/],
    ['cancels for no other reason', [cancel('#pending', 'I found it cheaper')], /another reason/],
    ['touches no order of another', [cancel('#bobs')], /no order #bobs among yours|among your orders/],
    ['returns no pending order', [giveBack('#pending', ['mug'])], /only a delivered/],
    ['refunds a return to no other card', [giveBack('#delivered', ['mug'], 'paypal')], /original payment method/],
    ['changes no items of a processed order', [replace('#processed', 'mug', 'blue')], /is processed/],
    ['replaces nothing by what is sold out', [replace('#pending', 'brass lamp', 'sold')], /not available/],
    ['replaces nothing by itself', [replace('#pending', 'mug', 'red')], /is the one you ask for/],
    ['has no gift card pay more than it holds', [replace('#gift', 'mug', 'blue', 'ann-coin')], /does not hold enough/],
    ['changes no payment to the same method', [payBy('#pending', 'ann-card')], /is paid by ann-card already/],
    ['changes no payment to an empty gift card', [payBy('#pending', 'ann-coin')], /does not hold enough/],
    ['ships no delivered order elsewhere', [shipTo('#delivered')], /only a pending/],
  ])('%s, and says why', (_what, requests, why) => {
    const { actions, denials, questions, handOff } = decideActions(asks(...requests));
    expect({ actions, questions, handOff }).toEqual({ actions: [], questions: [], handOff: null });
    expect(denials.join()).toMatch(why);
  });

  it.each<[string, CaseRequest[], RegExp]>([
    ['which order is meant', [cancel(null)], /Which order/],
    ['why an order is to be cancelled', [cancel('#pending', null)], /no longer needed, or was it ordered by mistake/],
    ['which item is meant', [giveBack('#delivered', ['teapot'])], /Which items.*teapot/],
    ['how a return is refunded', [giveBack('#delivered', ['mug'], null)], /payment method/],
    [
      'which of two gift cards is meant',
      [giveBack('#delivered', ['mug'], 'gift card')],
      /Which of your payment methods/,
    ],
    ['which variant is meant', [replace('#pending', 'mug', 'unicorn')], /Which Mug/],
    ['what is meant when all of it is asked twice', [giveBack('#delivered', ['lamp', 'lamp', 'lamp'])], /How many/],
    ['how a difference is settled', [replace('#pending', 'mug', 'blue', null)], /difference/],
  ])('asks %s, and does nothing before', (_what, requests, question) => {
    const { actions, questions } = decideActions(asks(...requests, shipTo('#gift')));
    expect(actions).toEqual([]);
    expect(questions.join()).toMatch(question);
  });

  it('leaves everything to a person when anything was not understood, or nothing was', () => {
    const { reading, records } = asks(cancel('#pending'));
    const unsure = decideActions({ reading: { ...reading, notUnderstood: ['Pay me.'] }, records });
    expect(unsure).toMatchObject({ actions: [], refunds: [], movedCents: 0, handOff: 'Not understood: “Pay me.”' });
    expect(decideActions(asks()).handOff).toMatch(/asks for nothing/);
  });

  it('leaves contrary wishes to a person', () => {
    expect(decideActions(asks(cancel('#pending'), shipTo('#pending'))).handOff).toMatch(/cancel and shipTo at once/);
  });

  it('does in one action what is asked of the items of one order, after all else', () => {
    const wishes = [
      replace('#pending', 'both brass lamps', 'copper'),
      payBy('#pending', 'ann-paypal'),
      shipTo('#pending'),
    ];
    expect(decideActions(asks(...wishes, replace('#pending', 'mug', 'blue'))).actions).toMatchObject([
      { name: 'modify_pending_order_address' },
      { name: 'modify_pending_order_payment', arguments: { payment_method_id: 'ann-paypal' } },
      {
        name: 'modify_pending_order_items',
        arguments: { item_ids: ['brass', 'brass', 'red'], new_item_ids: ['copper', 'copper', 'blue'] },
      },
    ]);
  });

  it('reckons what goes back to cards and accounts, and leaves gift cards to the shop', () => {
    expect(decideActions(asks(cancel('#pending'), cancel('#gift')))).toMatchObject({
      refunds: [{ orderId: '#pending', paymentMethodId: 'ann-card', amountCents: 2_525 }],
      movedCents: 3_030,
    });
    expect(decideActions(asks(replace('#pending', 'brass lamp', 'tin')))).toMatchObject({
      refunds: [{ orderId: '#pending', paymentMethodId: 'ann-card', amountCents: 110 }],
      movedCents: 110,
    });
    expect(decideActions(asks(giveBack('#delivered', [])))).toMatchObject({ refunds: [], movedCents: 2_525 });
  });

  it.each<[string, CaseRequest[]]>([
    ['a cancellation', [cancel('#pending')]],
    ['a return', [giveBack('#delivered', ['two lamps', 'mug'])]],
    ['replacements', [replace('#pending', 'mug', 'blue'), replace('#delivered', 'lamp', 'steel')]],
    ['changes', [shipTo('#pending'), payBy('#pending', 'ann-gift'), { ask: 'liveAt', address, said }]],
  ])('decides %s in a way that passes every rule', async (_what, requests) => {
    const basis = asks(...requests);
    const decision = decideActions(basis);
    const context = { input: basis } as RuleContext<typeof basis>; // the rules on decisions read no artifacts
    expect(decision.actions.length).toBeGreaterThan(0);
    for (const rule of [ownRecordsOnly, policyHolds, moneyAddsUp]) {
      expect(await rule(decision, context)).toEqual({ verdict: 'accept' });
    }
  });
});
