import type { CaseRequest } from '../../../contracts/case-reading';
import { withoutCourtesies } from './courtesies';
import { readAddress, takeMethod, takeOrder } from './parts';

/** What makes a sentence more or less than a plain request: a person must read it. */
const conditions =
  /\b(?:if|unless|otherwise|except|but|instead of|or|maybe|perhaps|not sure|don't|do not|never|not|without|until|depending|either|rather)\b/i;

/** Reads a sentence that asks for one thing, and for nothing else; any other is not read at all. */
export function readRequest(said: string): CaseRequest | undefined {
  const plain = withoutCourtesies(said);
  const reasoned = readCancellation(said, plain);
  if (reasoned !== undefined) return reasoned;
  if (conditions.test(plain)) return undefined;
  return readMove(said, plain) ?? readItems(said, plain) ?? readPayment(said, plain) ?? readStatus(said, plain);
}

const because =
  /(?:,|\s-)?\s+(?:(?:because|since|as|the reason is(?: that)?|reason:)\s+|(?<=,\s)(?=(?:i|we) (?:no longer|don't|do not|ordered)\b))(.+)$/i;

function readCancellation(said: string, plain: string): CaseRequest | undefined {
  const [, reason = null] = because.exec(plain) ?? [];
  const { part: orderId, rest } = takeOrder(plain.replace(because, ''));
  if (/\b(?:if|unless|but|or|except|instead|until)\b/i.test(reason ?? '')) return undefined;
  if (!/^cancel(?: it| this| everything| (?:my|the|this|that)(?: whole| entire)? order)?$/i.test(rest))
    return undefined;
  return { ask: 'cancel', orderId, said, reason };
}

/** Addresses are read first: a street may be called anything. */
function readMove(said: string, plain: string): CaseRequest | undefined {
  const own = /^(?:change|update|set|correct) my (?:default|home|profile|account|user) address to:? (.+)$/i.exec(plain);
  if (own !== null) {
    const address = readAddress(own[1] ?? '');
    return address === undefined ? undefined : { ask: 'liveAt', said, address };
  }
  const { part: orderId, rest } = takeOrder(plain);
  const ship =
    /^(?:change|update|set|correct|modify) (?:the |my )?(?<which>shipping |delivery )?address to:? (?<address>.+)$/i.exec(
      rest,
    ) ?? /^(?<which>ship|send|deliver)(?: it| this| that| my order| the order)? to:? (?<address>.+)$/i.exec(rest);
  const { which, address: written = '' } = ship?.groups ?? {};
  const address = readAddress(written);
  // An address that is neither the order's nor said to be for shipping may as well be the customer's own.
  if (address === undefined || (orderId === null && which === undefined)) return undefined;
  return { ask: 'shipTo', orderId, said, address };
}

function readItems(said: string, plain: string): CaseRequest | undefined {
  const ordered = takeOrder(plain);
  const { part: method, rest } = takeMethod(ordered.rest);
  const of = { orderId: ordered.part, said, method };
  const back = /^(?:return|send back|give back)(?: (.+?))?(?: for a (?:full )?refund)?$/i.exec(rest);
  if (back !== null) return { ask: 'return', ...of, items: itemsSaid(back[1] ?? '') };
  const swap =
    /^(?:exchange|swap|replace|change|modify|switch) (?:the |my |a |an )?(.+?) (?:to|for|with|into|by) (?:the |a |an )?(.+)$/i.exec(
      rest,
    );
  const [, item = '', by = ''] = swap ?? [];
  if (item === '' || /\b(?:address|payment|order)\b/i.test(item)) return undefined;
  return { ask: 'replace', ...of, item, by };
}

const all =
  /^(?:it|all|everything|them|all(?: of)?(?: (?:the|my|it|them))?(?: items)?|(?:the|my|this)(?: whole| entire)? order|the items)$/i;

function itemsSaid(said: string): string[] {
  if (said === '' || all.test(said)) return [];
  return said
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/i)
    .map((item) => item.replace(/^(?:the|my|a|an|one)\s+/i, ''))
    .filter((item) => item !== '');
}

/** The method that a sentence of its own names for what was asked for before it. */
export function readMethod(said: string): string | undefined {
  const { part, rest } = takeMethod(withoutCourtesies(said));
  return part !== null && /^(?:the )?(?:(?:refund|difference|money)(?: should go| goes)?)?$/i.test(rest)
    ? part
    : undefined;
}

function readPayment(said: string, plain: string): CaseRequest | undefined {
  const { part: orderId, rest: unordered } = takeOrder(plain);
  const { part: method, rest } = takeMethod(unordered);
  if (method === null || /\b(?:difference|refund)\b/i.test(plain)) return undefined;
  const isPayment =
    rest === '' ||
    /^(?:pay|charge)(?: for)?(?: it| this| that| the order| my order)?$/i.test(rest) ||
    /^(?:change|switch|update|modify) (?:the |my )?payment(?: method)?$/i.test(rest);
  return isPayment && /\b(?:pay|payment|charge)\b/i.test(plain) ? { ask: 'payBy', orderId, said, method } : undefined;
}

function readStatus(said: string, plain: string): CaseRequest | undefined {
  const { part: orderId, rest } = takeOrder(plain);
  const isStatus =
    /^(?:(?:tell me |let me know )?(?:what is|what's|what) (?:the |its )?(?:status|state)|where is|where's|(?:has|was|is) (?:it )?(?:been )?(?:shipped|delivered)|check the status|tell me the status)(?: it| my order| the order| is)?$/i;
  return isStatus.test(rest) ? { ask: 'status', orderId, said } : undefined;
}
