/** How a request may begin and end without anything else being meant by it. */
const openings = [
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!?]{0,40},\s*/i,
  /^(?:please|kindly|also|and|then|first|firstly|second|secondly|finally|next|so|thanks|thank you),?\s+/i,
  /^(?:i|we)(?: would|'d)(?: also| really)? like (?:you )?to\s+/i,
  /^(?:i|we) (?:also )?(?:want|wish|need)(?: you)? to\s+/i,
  /^(?:can|could|would|will) you(?: please| kindly)?\s+/i,
  /^(?:i am|i'm|we are|we're) writing to\s+/i,
  /^yes,?\s+(?=please|cancel|return|exchange)/i,
];
const closings = /(?:,?\s+(?:please|thanks|thank you|for me))+\??$/i;

/** A sentence without the courtesies around what it asks for. */
export function withoutCourtesies(sentence: string): string {
  let rest = sentence.replace(/\?+$/, '').trim();
  for (let before = ''; before !== rest;) {
    before = rest;
    for (const opening of openings) rest = rest.replace(opening, '');
  }
  return rest.replace(closings, '').trim();
}
