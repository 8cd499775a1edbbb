import type { ContractText } from '../../../../src/activities/models/clauses/find-clauses';

/** A contract of one section that consists of these words. */
export function contractOf(text: string): ContractText {
  return { text, sections: [{ anchor: 's-1', heading: '', start: 0, end: text.length }] };
}
