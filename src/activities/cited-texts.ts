import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { citableTextsOf, citationsIn, citedDigits, isCitedCall, withTexts } from '../contracts/citation';
import { failure } from '../contracts/failures';

/** Of the texts that a worker remembers. */
const charactersMax = 16 * 1_024 * 1_024;

/** The long texts that a worker was told or answered with lately, by their hashes: calls cite them. */
export type CitedTexts = LRUCache<string, string>;

/** The memory of one worker, empty. */
export function citedTexts(): CitedTexts {
  return new LRUCache({ maxSize: charactersMax, sizeCalculation: ({ length }) => length });
}

/** Makes work whose call may cite texts: it is given them, and what it is told and answers with may be cited. */
export function withCitedTexts<Call, Answer>(
  texts: CitedTexts,
  work: (call: Call) => Promise<Answer>,
): (call: Call) => Promise<Answer> {
  return async (recorded) => {
    const call = isCitedCall(recorded) ? (inFull(texts, recorded.$cited) as Call) : recorded; // as it was before it cited
    remember(texts, recorded); // what it cites is remembered already
    const answer = await work(call);
    remember(texts, answer);
    return answer;
  };
}

/** @throws `CitedTextForgotten` before this attempt begins anything: the run then makes the call again in full */
function inFull(texts: CitedTexts, call: unknown): unknown {
  const forgotten = citationsIn(call).find(({ sha256 }) => !texts.has(sha256));
  if (forgotten === undefined) return withTexts(call, ({ sha256 }) => texts.get(sha256));
  throw failure(
    'CitedTextForgotten',
    `This worker does not remember a text that ${forgotten.$cites} answered with. Nothing is to be done: the run makes the call again in full.`,
    { cites: forgotten.$cites, sha256: forgotten.sha256 },
  );
}

function remember(texts: CitedTexts, value: unknown): void {
  for (const text of citableTextsOf(value))
    texts.set(createHash('sha256').update(text).digest('hex').slice(0, citedDigits), text);
}
