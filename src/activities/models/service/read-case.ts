import type { CaseReading, CaseRequest } from '../../../contracts/case-reading';
import { ordersNamed } from './parts';
import { readMethod, readRequest } from './read-request';
import { sentencesOf } from './sentences';

/** Sentences that ask for nothing. */
const harmless = [
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: (?:there|all|team|sir|madam|support|customer service))*[,!]?$/i,
  /^(?:many )?(?:thanks|thank you|cheers)(?: (?:very much|a lot|so much|in advance|for your (?:help|time)))*$/i,
  /^(?:best|kind|warm)?(?: ?regards| wishes)|^(?:sincerely|yours(?: truly| sincerely)?|best)$/i,
  /^(?:i hope (?:you are|you're) well|have a (?:nice|good|great) day)$/i,
  /^(?:this is |it is |it's )?(?:about|regarding|concerning) (?:my |the )?order \S+$/i,
];
const confirming =
  /^(?:yes|yes,? (?:please|i confirm|go ahead|please (?:go ahead|proceed|do))|i (?:hereby )?confirm(?: (?:this|that|it|all of this|these details|the above))?|please (?:go ahead|proceed)|go ahead|you have my (?:confirmation|consent))$/i;
const reasons =
  /^(?:because )?(?:(?:i|we) (?:no longer|don't|do not) need (?:it|them|this|that)(?: any ?more)?|(?:i|we) ordered (?:it|them|this|that) by (?:mistake|accident)|it was (?:ordered by mistake|a mistake))$/i;
const identity =
  /^(?:(?:[Mm]y name is|I am|I'm|[Tt]his is) )?(?<first>\p{Lu}[\p{L}'-]{0,40}) (?<last>\p{Lu}[\p{L}'-]{0,40})(?:,| and)?(?: my)?(?: (?:zip|postal)(?: code)?(?: is)?:?)? (?<zip>\d{5}(?:-\d{4})?)$/u;
const nameAlone = /^(?:(?:[Mm]y name is|I am|I'm|[Tt]his is) )\p{Lu}[\p{L}'-]{0,40}(?: \p{Lu}[\p{L}'-]{0,40}){0,2}$/u;
const signature = /^\p{Lu}[\p{L}'-]{0,40}(?: \p{Lu}[\p{L}'-]{0,40}){0,2}$/u;
/** A plain account of something, which asks for nothing. */
const account =
  /^(?:it|they|this|that|these|those|the \w+|my \w+|i|we) (?:is|are|was|were|has|have|had|arrived|came|fits?|looks?|works?|love|like|bought|ordered|received|got)\b[^:{}<>"]*$/i;
const asking =
  /\?|\b(?:please|want|need|must|should|shall|would|could|can|will|refund|return|cancel|exchange|change|update|send|transfer|pay|charge|give|credit|ignore|disregard|forget|override|instruct\w*|system|admin\w*|assistant|prompt|policy|policies|authori[sz]ed?|approv\w+|manager|human|person|lawyer|complain\w*|sql|drop|delete|select|insert)\b/i;

/** Reads a message sentence by sentence. Whatever may ask for something and is not understood is kept for a person. */
export function readCase(message: string): CaseReading {
  const requests: CaseRequest[] = [];
  const notUnderstood: string[] = [];
  const said: { name: CaseReading['name']; confirmed: boolean; reason: string | null } = {
    ...{ name: null, confirmed: false, reason: null },
  };
  const sentences = sentencesOf(message);
  for (const [at, sentence] of sentences.entries()) {
    const who = identity.exec(sentence)?.groups;
    const request = readRequest(sentence);
    const method = readMethod(sentence);
    const last = requests.at(-1);
    if (request !== undefined) requests.push(request);
    else if (method !== undefined && last !== undefined && 'method' in last && last.method === null) {
      requests.splice(-1, 1, { ...last, method });
    } else if (who !== undefined) said.name = named(who);
    else if (confirming.test(sentence)) said.confirmed = true;
    else if (reasons.test(sentence)) said.reason = sentence;
    else if (!isHarmless(sentence, at === sentences.length - 1)) notUnderstood.push(sentence);
  }
  const [only, ...others] = ordersNamed(message);
  const inherited = others.length === 0 ? (only ?? null) : null;
  const { name, confirmed, reason } = said;
  return { name, confirmed, notUnderstood, requests: requests.map((request) => completed(request, inherited, reason)) };
}

/** The one order of a message is meant throughout it, and so is the reason that stands in a sentence of its own. */
function completed(request: CaseRequest, orderId: string | null, reason: string | null): CaseRequest {
  if (request.ask === 'liveAt') return request;
  const ordered = { ...request, orderId: request.orderId ?? orderId };
  return ordered.ask === 'cancel' ? { ...ordered, reason: ordered.reason ?? reason } : ordered;
}

function isHarmless(sentence: string, isLast: boolean): boolean {
  if (harmless.some((kind) => kind.test(sentence)) || nameAlone.test(sentence)) return true;
  if (isLast && signature.test(sentence)) return true;
  return account.test(sentence) && !asking.test(sentence);
}

function named({ first = '', last = '', zip = '' }: Readonly<Record<string, string>>): CaseReading['name'] {
  return { first_name: first, last_name: last, zip };
}
