import type { CaseDecision } from '../../../contracts/case-decision';
import type { Customer } from '../../../contracts/shop';
import type { ShopOperationCall } from '../../../contracts/shop-operation-call';
import { dollars } from '../../shop/money';

const dueBack = 'You get another mail on how to send the items back.';

/** Writes the mail that answers a case, of nothing but what was decided. */
export function writeReply(name: Customer['name'], decision: CaseDecision): { subject: string; body: string } {
  const { actions, refunds, denials, questions, facts, handOff } = decision;
  const done = actions.map(sentenceOn);
  const refunded = refunds.map(
    ({ orderId, paymentMethodId, amountCents }) =>
      `${dollars(amountCents)} for order ${orderId} goes back to ${paymentMethodId} within 5 to 7 business days.`,
  );
  const passedOn = handOff === null ? [] : ['YOU ARE BEING TRANSFERRED TO A HUMAN AGENT. PLEASE HOLD ON.'];
  const parts = [
    section('What we did:', [...done, ...refunded]),
    section('What you asked for and we cannot do:', denials),
    section('What we need to know from you before we do anything:', questions),
    section('What you asked us:', facts),
    passedOn,
  ].filter((part) => part.length > 0);
  const body = [
    `Dear ${name.first_name} ${name.last_name},`,
    ...parts.map((part) => part.join('\n')),
    'Your service desk',
  ];
  return { subject: subjectOf(decision), body: body.join('\n\n') };
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`)];
}

function subjectOf({ actions, questions, handOff }: CaseDecision): string {
  if (handOff !== null) return 'Your request is with one of us';
  if (questions.length > 0) return 'Your request: we have a question';
  return actions.length > 0 ? 'Your request is done' : 'Your request';
}

function sentenceOn({ name, arguments: given }: ShopOperationCall): string {
  switch (name) {
    case 'cancel_pending_order':
      return `Order ${given.order_id} is cancelled (${given.reason}). What a gift card paid is back on it.`;
    case 'modify_pending_order_address':
      return `Order ${given.order_id} goes to ${given.address1}, ${given.city}, ${given.state} ${given.zip}.`;
    case 'modify_pending_order_payment':
      return `Order ${given.order_id} is paid by ${given.payment_method_id}.`;
    case 'modify_pending_order_items':
      return `Order ${given.order_id}: ${swaps(given)}, settled by ${given.payment_method_id}. It can be changed no more.`;
    case 'return_delivered_order_items':
      return `Order ${given.order_id}: the return of ${given.item_ids.join(', ')} is under way, to be refunded to ${given.payment_method_id}. ${dueBack}`;
    case 'exchange_delivered_order_items':
      return `Order ${given.order_id}: the exchange of ${swaps(given)} is under way, settled by ${given.payment_method_id}. ${dueBack}`;
    case 'modify_user_address':
      return `Your address is now ${given.address1}, ${given.city}, ${given.state} ${given.zip}.`;
    default:
      return name;
  }
}

function swaps({
  item_ids,
  new_item_ids,
}: {
  readonly item_ids: readonly string[];
  readonly new_item_ids: readonly string[];
}) {
  return item_ids.map((id, at) => `${id} becomes ${new_item_ids[at] ?? ''}`).join(', ');
}
