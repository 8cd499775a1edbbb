import type { CaseDecision } from '../../contracts/case-decision';
import { canonicalJson } from '../../contracts/json';
import type { Verdict } from '../../contracts/verdict';
import { dollars } from '../shop/money';
import type { RuleContext } from './rule';

/** A reply names every order that was acted on and every refund, and no order or amount that is not the case's. */
export function replyKeepsToTheCase(
  { subject, body }: { readonly subject: string; readonly body: string },
  { input: { decision } }: RuleContext<{ readonly decision: CaseDecision }>,
): Promise<Verdict> {
  const text = `${subject}\n${body}`;
  const source = canonicalJson(decision);
  const amounts = new Set(decision.refunds.map(({ amountCents }) => dollars(amountCents)));
  const acted = decision.actions.flatMap(({ arguments: given }) => ('order_id' in given ? [given.order_id] : []));
  const wrong = [
    ...[...text.matchAll(/#[\w-]+/g)].flatMap(([id]) => (source.includes(id) ? [] : [`${id} is no order of the case`])),
    ...[...text.matchAll(/\$[\d.,]*\d/g)].flatMap(([sum]) =>
      amounts.has(sum) || source.includes(sum) ? [] : [`${sum} is no refund of the case`],
    ),
    ...acted.flatMap((id) => (text.includes(id) ? [] : [`order ${id} is not named`])),
    ...[...amounts].flatMap((sum) => (text.includes(sum) ? [] : [`the refund of ${sum} is not named`])),
    ...[...decision.denials, ...decision.questions, ...decision.facts].flatMap((line) =>
      text.includes(line) ? [] : [`this is not said: ${line}`],
    ),
  ];
  if (wrong.length === 0) return Promise.resolve({ verdict: 'accept' });
  return Promise.resolve({ verdict: 'retry', feedback: `The reply: ${wrong.join('; ')}`.slice(0, 4_000) });
}
