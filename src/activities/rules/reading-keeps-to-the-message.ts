import type { CaseReading, CaseRequest } from '../../contracts/case-reading';
import type { Verdict } from '../../contracts/verdict';
import { readCase } from '../models/service/read-case';
import type { RuleContext } from './rule';
import { says, wordsIn } from './service/sayings';
import { verdictOn } from './verdict-on';

/**
 * Everything that was read stands in the message, and nothing that the message asks for is left out: each plain
 * request is read as what it says, and every other sentence that may ask for something is read by someone. What is
 * plain is what the project's own reader understands; an agent may read more, and may leave more to a person.
 */
export function readingKeepsToTheMessage(
  reading: CaseReading,
  { input: { message } }: RuleContext<{ readonly message: string }>,
): Promise<Verdict> {
  const plain = readCase(message);
  return Promise.resolve(
    verdictOn('Read what the message says, and all of it.', [
      ...inventedIn(reading, message),
      ...leftOutOf(reading, plain),
      ...addedTo(reading, plain),
      ...misreadOf(reading, plain, message),
    ]),
  );
}

function inventedIn({ name, requests, notUnderstood }: CaseReading, message: string): string[] {
  const whole = [
    ...Object.values(name ?? {}),
    ...notUnderstood,
    ...requests.flatMap((request) => [request.said, ...('orderId' in request ? [request.orderId ?? ''] : [])]),
  ];
  const taken = requests.flatMap(takenBy);
  return [
    ...whole.filter((words) => !says(message, words)),
    // An order named between them is taken out of the words for an item.
    ...taken.filter((words) => !standsInOrder(wordsIn(message), wordsIn(words))),
  ].map((words) => `“${words}” does not stand in the message`);
}

/** The words that a request takes from its sentence. The country is the reader's to add. */
function takenBy(request: CaseRequest): string[] {
  switch (request.ask) {
    case 'cancel':
      return [request.reason ?? ''];
    case 'return':
      return [...request.items, request.method ?? ''];
    case 'replace':
      return [request.item, request.by, request.method ?? ''];
    case 'payBy':
      return [request.method];
    case 'shipTo':
    case 'liveAt': {
      const { address1, address2, city, state, zip } = request.address;
      return [address1, address2, city, state, zip];
    }
    case 'status':
      return [];
  }
}

function standsInOrder(text: readonly string[], words: readonly string[]): boolean {
  let from = 0;
  return words.every((word) => {
    const at = text.indexOf(word, from);
    from = at + 1;
    return at !== -1;
  });
}

function leftOutOf({ requests, notUnderstood }: CaseReading, plain: CaseReading): string[] {
  const left = (sentence: string) => notUnderstood.some((one) => says(one, sentence));
  return [
    ...plain.requests
      .filter((asked) => !left(asked.said) && !requests.some((request) => isSame(request, asked)))
      .map(({ ask, said }) => `“${said}” asks to ${ask}, and is not read as what it says`),
    ...plain.notUnderstood
      .filter((sentence) => !left(sentence) && !requests.some(({ said }) => says(said, sentence)))
      .map((sentence) => `“${sentence}” may ask for something, and is left out`),
  ];
}

function addedTo({ requests, notUnderstood }: CaseReading, plain: CaseReading): string[] {
  const isOpen = ({ said }: CaseRequest) => plain.notUnderstood.some((sentence) => says(said, sentence));
  return [
    ...requests
      .filter((request) => !isOpen(request) && !plain.requests.some((asked) => isSame(request, asked)))
      .map(({ ask, said }) => `nothing asks to ${ask} as “${said}” is read`),
    ...requests
      .filter((request) => !isOpen(request))
      .filter((request, _at, all) => all.filter((one) => isSame(one, request)).length > timesAsked(request, plain))
      .map(({ said }) => `“${said}” is read more often than it is said`),
    ...notUnderstood
      .filter((sentence, at) => notUnderstood.indexOf(sentence) !== at && !isRepeated(sentence, plain))
      .map((sentence) => `“${sentence}” is listed more often than it is said`),
  ];
}

function timesAsked(request: CaseRequest, { requests }: CaseReading): number {
  return Math.max(1, requests.filter((asked) => isSame(request, asked)).length);
}

function isRepeated(sentence: string, { notUnderstood }: CaseReading): boolean {
  return notUnderstood.filter((one) => one === sentence).length > 1;
}

/** Requests are the same if they ask the same of the same in the same words, articles aside. */
function isSame(one: CaseRequest, asked: CaseRequest): boolean {
  const gist = (request: CaseRequest) => JSON.stringify([request.ask, orderOf(request), takenBy(request).map(bare)]);
  return says(one.said, asked.said) && gist(one) === gist(asked);
}

function orderOf(request: CaseRequest): string | null {
  return 'orderId' in request ? request.orderId : null;
}

function bare(words: string): string {
  const all = wordsIn(words).filter((word) => !['the', 'a', 'an', 'my', 'one', 'our'].includes(word));
  return all.join(' ');
}

const consenting = /\b(?:yes|confirm\w*|go ahead|proceed|consent|agree\w*)\b/i;

function misreadOf({ name, confirmed }: CaseReading, plain: CaseReading, message: string): string[] {
  const given = Object.values(plain.name ?? {}).join(' ');
  const isNamed =
    plain.name === null || (name !== null && Object.values(plain.name).every((part) => isPart(name, part)));
  const isConsent = confirmed ? plain.confirmed || consenting.test(message) : !plain.confirmed;
  return [
    ...(isNamed ? [] : [`the customer gives the name and postal code ${given}`]),
    ...(isConsent ? [] : [confirmed ? 'nothing in the message confirms it' : 'the message confirms what it asks for']),
  ];
}

function isPart(name: NonNullable<CaseReading['name']>, part: string): boolean {
  return Object.values(name).some((own) => wordsIn(own).join(' ') === wordsIn(part).join(' '));
}
