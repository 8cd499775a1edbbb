import type { CaseDecision } from '../../contracts/case-decision';
import type { Customer } from '../../contracts/shop';
import type { Verdict } from '../../contracts/verdict';
import { writeReply } from '../models/service/write-reply';
import { dollars } from '../shop/money';
import { nothingInvented } from './nothing-invented';
import type { RuleContext } from './rule';
import { says, sayingsIn, strangersIn } from './service/sayings';
import { verdictOn } from './verdict-on';

interface Reply {
  readonly subject: string;
  readonly body: string;
}

interface Input {
  readonly name: Customer['name'];
  readonly decision: CaseDecision;
}

/**
 * A reply greets the customer by name, tells every action and refund with all its particulars in one sentence, says
 * whether a person takes over, and is signed. Every sentence is the house's own or names an order, payment method or
 * amount of the case; no figure, name or date is added, and no sentence of the house turned.
 */
export async function replySaysOnlyTheCase(reply: Reply, { input, artifacts }: RuleContext<Input>): Promise<Verdict> {
  const house = writeReply(input.name, input.decision);
  const invented = await nothingInvented(reply, { input: { ...input, house }, artifacts });
  return verdictOn('Say what was decided, and only that.', [
    ...strangersOf(reply, house, input.decision).map((saying) => `“${saying}” says nothing of the case`),
    ...leftOutOf(reply, input),
    ...('feedback' in invented ? [invented.feedback] : []),
  ]);
}

function strangersOf({ subject, body }: Reply, house: Reply, decision: CaseDecision): string[] {
  const marks = [
    ...decision.actions.flatMap(({ arguments: given }) => particularsOf(given)),
    ...decision.refunds.map(({ amountCents }) => dollars(amountCents)),
  ].filter((mark) => /\d/.test(mark));
  return [...strangersIn(subject, [house.subject], marks), ...strangersIn(body, [house.body], marks)];
}

function leftOutOf({ body }: Reply, { name, decision }: Input): string[] {
  const sayings = sayingsIn(body);
  const [greeting = ''] = sayings;
  const together = [
    ...decision.actions.map(({ arguments: given }) => particularsOf(given)),
    ...decision.refunds.map(({ orderId, paymentMethodId, amountCents }) => [
      orderId,
      paymentMethodId,
      dollars(amountCents),
    ]),
  ];
  const isTold = (particulars: readonly string[]) =>
    body.split('\n').some((line) => particulars.every((one) => says(line, one)));
  return [
    ...(says(greeting, `${name.first_name} ${name.last_name}`) ? [] : ['the customer is not greeted by name']),
    ...together.filter((all) => !isTold(all)).map((all) => `no line tells ${all.join(', ')} together`),
    ...(decision.handOff === null || /\b(?:human|person|colleague|one of us)\b/i.test(body)
      ? []
      : ['that a person takes over is not said']),
    ...(says(sayings.at(-1) ?? '', 'service desk') ? [] : ['the service desk has not signed']),
  ];
}

/** The values that a customer can hold an action by; neither their own id nor what is plain from the rest. */
function particularsOf(given: CaseDecision['actions'][number]['arguments']): string[] {
  return Object.entries(given).flatMap(([key, value]) =>
    ['user_id', 'country', 'address2'].includes(key) ? [] : value,
  );
}
