import { createHash } from 'node:crypto';
import { citationsIn, citedDigits, citableTextsOf, withTexts } from '../contracts/citation';

/**
 * A recorded call with the texts that it cites.
 *
 * @param answersOf the recorded answers of the activities of that id, of the same execution
 * @returns a citation is left as it is when what it cites is not to be had
 */
export async function withTextsOf(
  answersOf: (activityId: string) => Promise<unknown>,
  call: unknown,
): Promise<unknown> {
  const texts = new Map<string, string>();
  for (const activityId of new Set(citationsIn(call).map(({ $cites }) => $cites))) {
    for (const text of citableTextsOf(await answersOf(activityId))) texts.set(sha256Of(text), text);
  }
  return withTexts(call, (citation) => texts.get(citation.sha256) ?? citation);
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, citedDigits);
}
