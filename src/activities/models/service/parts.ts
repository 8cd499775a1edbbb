import type { Address } from '../../../contracts/shop';

/** A part of a sentence that was found, and the sentence without it. */
export interface Taken<Part> {
  readonly part: Part;
  readonly rest: string;
}

const orderId = String.raw`(#[\w-]{1,40}|W\d{4,12})`;
const order = new RegExp(
  String.raw`(?:,?\s*\b(?:from|of|in|on|for|about|to|regarding))?\s*(?:\b(?:my|the|our|this|a)\s+)?(?:(?:pending|delivered|recent|last)\s+)?(?:\border\s*(?:number|no\.?|id)?\s*)?${orderId}(?![\w-])`,
  'i',
);

/** Takes the order that a sentence names. */
export function takeOrder(sentence: string): Taken<string | null> {
  const found = order.exec(sentence);
  if (found === null) return { part: null, rest: sentence };
  const id = found[1] ?? '';
  return { part: id.startsWith('#') ? id : `#${id}`, rest: without(sentence, found) };
}

/** The orders that a text names, each once. */
export function ordersNamed(text: string): string[] {
  const found = [...text.matchAll(new RegExp(String.raw`(?<![\w#-])${orderId}(?![\w-])`, 'gi'))];
  return [...new Set(found.map(([, id = '']) => (id.startsWith('#') ? id : `#${id}`)))];
}

const card = String.raw`(?:(?:visa|mastercard|amex|credit|debit)\s+)*card(?:\s+(?:that\s+)?end(?:s|ing)\s+(?:in|with)\s+\d{4}|\s+\d{4})?`;
const method = new RegExp(
  String.raw`(?:,?\s*\b(?:and\s+)?(?:please\s+)?(?:refund|pay|charge|put|paying|refunding)(?:\s+(?:it|me|the\s+(?:money|refund|difference)|any\s+difference|for\s+it))?)?\s*` +
    String.raw`(?:\b(?:to|onto|by|with|on|using|through|via|use)\s+)(?:my\s+|the\s+|our\s+)?` +
    String.raw`((?:gift[ _]card|credit_card|paypal)_\w{1,40}|gift\s+card|paypal(?:\s+account)?|original\s+payment(?:\s+method)?|${card})(?![\w-])`,
  'i',
);

/** Takes the customer's words for a payment method. */
export function takeMethod(sentence: string): Taken<string | null> {
  const found = method.exec(sentence);
  return found === null ? { part: null, rest: sentence } : { part: found[1] ?? null, rest: without(sentence, found) };
}

const address =
  /^(?<address1>\d[^,]{1,100}), (?:(?<address2>[^,]{1,100}), )?(?<city>\p{L}[^,]{1,60}), (?<state>[A-Z]{2}),? (?<zip>\d{5}(?:-\d{4})?)(?:,? (?:USA|US|United States))?$/u;

/** An address as people write it on a line: `12 Elm Road, Apartment 3, Troy, NY 12180`. */
export function readAddress(text: string): Address | undefined {
  const { address1, address2 = '', city, state, zip } = address.exec(text.trim())?.groups ?? {};
  if (address1 === undefined || city === undefined || state === undefined || zip === undefined) return undefined;
  return { address1, address2, city, state, zip, country: 'USA' };
}

function without(sentence: string, found: RegExpExecArray): string {
  const before = sentence.slice(0, found.index);
  const after = sentence.slice(found.index + found[0].length);
  return `${before} ${after}`
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+,/g, ',')
    .replace(/^[\s,:]+|[\s,:]+$/g, '');
}
