import type { Surroundings } from './surroundings';

/** After one of these a number is a part of what they name: `Section 7.2`, `Suite 250`, `Version 2.1`. */
const naming =
  /(?:\b(?:sub-?)?(?:sections?|secs?\.?|articles?|arts?\.?|clauses?|paragraphs?|paras?\.?)|§+|\b(?:exhibits?|schedules?|annex(?:es)?|appendi(?:x|ces)|attachments?|parts?|items?|no\.?|nos\.|numbers?|figures?|tables?|pages?|rules?|chapters?|versions?|iso|cfr))$/i;
const capitalisedNaming =
  /\b(?:Title|Phase|Step|Level|Tier|Priority|Year|Suite|Unit|Room|Floor|Box|Lot|Building|Grade|Class|Type|Model)$/;
/** After one of these in the middle of a sentence a number is counted, dated or referred to. */
const leading =
  /(?:[,$€£(/&]|\b(?:of|to|in|by|under|with|and|or|through|than|from|at|per|the|an?|this|that|such|is|are|was|be|for|on|as|about|least|most|within|between|until|exceed(?:s|ing)?|approximately|see|both|either|its|their|not|into|upon|if|any|all|shall|will|may|must|equals?))$/i;

/** Says whether the words before a number make it a reference, an amount or a name instead of a heading. */
export function isReferredTo(surroundings: Surroundings): boolean {
  const { standing, before } = surroundings;
  if (naming.test(before) || capitalisedNaming.test(before)) return true;
  if (standing === 'paragraph' || /[;,] (?:and|or)$/.test(before)) return false;
  return leading.test(before);
}
