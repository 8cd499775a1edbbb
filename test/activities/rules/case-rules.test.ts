import { moneyAddsUp } from '../../../src/activities/rules/money-adds-up';
import { ownRecordsOnly } from '../../../src/activities/rules/own-records-only';
import { policyHolds } from '../../../src/activities/rules/policy-holds';
import { replyKeepsToTheCase } from '../../../src/activities/rules/reply-keeps-to-the-case';
import type { RuleContext } from '../../../src/activities/rules/rule';
import { writeReply } from '../../../src/activities/models/service/write-reply';
import type { CaseDecision } from '../../../src/contracts/case-decision';
import type { ShopOperationCall } from '../../../src/contracts/shop-operation-call';
import type { Verdict } from '../../../src/contracts/verdict';
import { asks } from '../models/service/basis';

const place = { address1: '2 Elm Road', address2: '', city: 'Troy', state: 'NY', country: 'USA', zip: '12180' };
const cancel = (order_id: string, reason = 'no longer needed'): ShopOperationCall => ({
  ...{ name: 'cancel_pending_order', arguments: { order_id, reason } },
});
const ship = (order_id: string): ShopOperationCall => ({
  ...{ name: 'modify_pending_order_address', arguments: { order_id, ...place } },
});
const pay = (order_id: string, payment_method_id: string): ShopOperationCall => ({
  ...{ name: 'modify_pending_order_payment', arguments: { order_id, payment_method_id } },
});
const giveBack = (item_ids: string[], payment_method_id = 'ann-card'): ShopOperationCall => ({
  ...{ name: 'return_delivered_order_items', arguments: { order_id: '#delivered', item_ids, payment_method_id } },
});
const modify = (item_ids: string[], new_item_ids: string[], payment_method_id = 'ann-card'): ShopOperationCall => ({
  name: 'modify_pending_order_items',
  arguments: { order_id: '#pending', item_ids, new_item_ids, payment_method_id },
});

const nothing: CaseDecision = {
  ...{ actions: [], refunds: [], movedCents: 0, denials: [], questions: [], facts: [], handOff: null },
};
const context = { input: asks() } as RuleContext<ReturnType<typeof asks>>; // these rules read no artifacts
const feedbackOf = (verdict: Verdict) => ('feedback' in verdict ? verdict.feedback : '');

describe('the rule on ownership', () => {
  it.each<[string, Partial<CaseDecision>, RegExp]>([
    ['another’s order', { actions: [cancel('#bobs')] }, /order #bobs/],
    [
      'another’s address',
      { actions: [{ name: 'modify_user_address', arguments: { user_id: 'bob', ...place } }] },
      /bob/,
    ],
    ['another’s payment method', { actions: [pay('#pending', 'bob-card')] }, /bob-card/],
    [
      'a refund to another',
      { refunds: [{ orderId: '#pending', paymentMethodId: 'bob-card', amountCents: 1 }] },
      /bob-card/,
    ],
    ['a method that every object has', { actions: [pay('#pending', 'constructor')] }, /constructor/],
  ])('sends %s back', async (_what, decision, why) => {
    const verdict = await ownRecordsOnly({ ...nothing, ...decision }, context);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('accepts the customer’s own', async () => {
    expect(await ownRecordsOnly({ ...nothing, actions: [cancel('#pending')] }, context)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on the policy', () => {
  it.each<[string, ShopOperationCall[], RegExp]>([
    ['a processed order cancelled', [cancel('#processed')], /is processed and not pending/],
    ['another reason', [cancel('#pending', 'too dear')], /reason “too dear” is not accepted/],
    ['an order changed after its items', [modify(['red'], ['blue']), ship('#pending')], /nothing can follow modify/],
    ['items changed twice', [modify(['red'], ['blue']), modify(['brass'], ['tin'])], /once to an order/],
    [
      'a pending order returned',
      [
        {
          ...giveBack(['red']),
          arguments: { order_id: '#pending', item_ids: ['red'], payment_method_id: 'ann-card' },
        } as ShopOperationCall,
      ],
      /not delivered/,
    ],
    ['more items than there are', [giveBack(['red', 'red'])], /item red that often/],
    ['a return refunded elsewhere', [giveBack(['red'], 'ann-paypal')], /original payment method or a gift card/],
    ['another product', [modify(['red'], ['brass'])], /brass is no other available variant/],
    ['what is sold out', [modify(['brass'], ['sold'])], /sold is no other available variant/],
    ['lists that differ', [modify(['red'], ['blue', 'tin'])], /each item needs one new item/],
    ['the same method', [pay('#pending', 'ann-card')], /to another method/],
    [
      'a read as an action',
      [{ name: 'get_order_details', arguments: { order_id: '#pending' } }],
      /no action on a case/,
    ],
  ])('sends %s back', async (_what, actions, why) => {
    const verdict = await policyHolds({ ...nothing, actions }, context);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('sends back what is done while someone has still to be asked', async () => {
    for (const left of [{ handOff: 'why' }, { questions: ['which?'] }]) {
      const verdict = await policyHolds({ ...nothing, actions: [cancel('#pending')], ...left }, context);
      expect(feedbackOf(verdict)).toMatch(/nothing is done while/);
    }
  });

  it('accepts what the policy allows', async () => {
    const actions = [
      ship('#pending'),
      pay('#pending', 'ann-paypal'),
      modify(['brass'], ['tin']),
      giveBack(['red'], 'ann-gift'),
    ];
    expect(await policyHolds({ ...nothing, actions }, context)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on money', () => {
  const refund = { orderId: '#pending', paymentMethodId: 'ann-card', amountCents: 2_525 };
  const right = { actions: [cancel('#pending')], refunds: [refund], movedCents: 2_525 };

  it.each<[string, Partial<CaseDecision>, RegExp]>([
    ['a refund that is too large', { ...right, refunds: [{ ...refund, amountCents: 252_500 }] }, /refunds must be/],
    ['a refund of nothing that was done', { refunds: [refund] }, /refunds must be \[\]/],
    ['a refund to another method', { ...right, refunds: [{ ...refund, paymentMethodId: 'ann-paypal' }] }, /ann-card/],
    ['a refund twice', { ...right, refunds: [refund, refund] }, /refunds must be/],
    ['a sum that hides how much is moved', { ...right, movedCents: 1 }, /2525 cents and not 1/],
    [
      'a gift card that pays twice',
      {
        actions: [
          pay('#pending', 'ann-gift'),
          modify(['red'], ['blue'], 'ann-gift'),
          modify(['brass'], ['steel'], 'ann-gift'),
          modify(['brass'], ['steel'], 'ann-gift'),
        ],
      },
      /ann-gift cannot pay/,
    ],
  ])('sends %s back', async (_what, decision, why) => {
    const verdict = await moneyAddsUp({ ...nothing, ...decision }, context);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('accepts what the records come to', async () => {
    expect(await moneyAddsUp({ ...nothing, ...right }, context)).toEqual({ verdict: 'accept' });
  });
});

describe('the rule on replies', () => {
  const decision: CaseDecision = {
    ...nothing,
    actions: [cancel('#pending')],
    refunds: [{ orderId: '#pending', paymentMethodId: 'ann-card', amountCents: 2_525 }],
    denials: ['Order #gift stays.'],
  };
  const replying = { input: { decision } } as RuleContext<{ decision: CaseDecision }>; // it reads no artifacts
  const reply = writeReply({ first_name: 'Ann', last_name: 'O’Hara' }, decision);

  it.each<[string, string, RegExp]>([
    [
      'another amount',
      reply.body.replace('$25.25', '$252.50'),
      /\$252\.50 is no refund.*refund of \$25\.25 is not named/,
    ],
    ['another order', `${reply.body} Order #bobs is on its way.`, /#bobs is no order/],
    ['an action left out', reply.body.replaceAll('#pending', 'one'), /#pending is not named/],
    ['a denial left out', reply.body.replace('Order #gift stays.', ''), /not said: Order #gift stays/],
  ])('sends %s back', async (_what, body, why) => {
    const verdict = await replyKeepsToTheCase({ ...reply, body }, replying);
    expect(verdict.verdict).toBe('retry');
    expect(feedbackOf(verdict)).toMatch(why);
  });

  it('accepts what the writer writes', async () => {
    expect(await replyKeepsToTheCase(reply, replying)).toEqual({ verdict: 'accept' });
    const asked = { ...nothing, questions: ['Do you want $5.00 for #pending?'], handOff: 'why' };
    const other = writeReply({ first_name: 'Ann', last_name: 'O’Hara' }, asked);
    expect(await replyKeepsToTheCase(other, { ...replying, input: { decision: asked } })).toEqual({
      verdict: 'accept',
    });
  });
});
