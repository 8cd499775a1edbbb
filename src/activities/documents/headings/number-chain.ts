import type { NumberedCandidate } from './numbered-candidates';

/** A candidate that was taken for a heading. `restarts`: its numbering begins anew in another part of the text. */
export type ChainLink = { readonly candidate: NumberedCandidate; readonly restarts: boolean };

/** No chain leads over more than this many numbers that were passed over. */
const passedOverMax = 1_500;
const gapMax = 8;
/** Of two equal numbers the second is a slip of the pen only if it stands close; else the first is in the contents. */
const equalPassedOverMax = 3;

const score = { exact: 2, perGap: -1.5, equal: -2.5, restart: -1 };

/**
 * Picks, among all numbers that may open a section, the likeliest sequence of headings: the one in which numbers
 * progress (7.1, 7.2, 7.2.1, 8), with as few gaps as possible and as many well-placed headings as possible. One
 * stray number cannot derail it, since it would cost all that follow.
 *
 * @param boundaries where a part begins in which numbering may start again, ascending
 */
export function likeliestChain(candidates: readonly NumberedCandidate[], boundaries: readonly number[]): ChainLink[] {
  const best: { total: number; from: number; restarts: boolean }[] = [];
  const parts = partNumbers(candidates, boundaries);
  candidates.forEach((candidate, index) => {
    let chosen = { total: candidate.weight + beginning(candidate.numbers, 0), from: -1, restarts: false };
    for (let earlier = index - 1; earlier >= Math.max(0, index - passedOverMax); earlier -= 1) {
      const previous = candidates[earlier];
      const link = best[earlier];
      if (previous === undefined || link === undefined) continue;
      if (link.total + candidate.weight + score.exact <= chosen.total) continue;
      const anotherPart = parts[earlier] !== parts[index];
      const step = progress(previous, candidate, index - earlier - 1);
      const restart = anotherPart ? beginning(candidate.numbers, score.restart) : -Infinity;
      const total = link.total + candidate.weight + Math.max(step, restart);
      if (total > chosen.total) chosen = { total, from: earlier, restarts: restart > step };
    }
    best.push(chosen);
  });
  const chain: ChainLink[] = [];
  const last = best.reduce((top, link, index) => (link.total > (best[top]?.total ?? 0) ? index : top), -1);
  for (let index = last; index >= 0;) {
    const candidate = candidates[index];
    const link = best[index];
    if (candidate === undefined || link === undefined) break;
    chain.unshift({ candidate, restarts: link.restarts });
    index = link.from;
  }
  return chain;
}

function partNumbers(candidates: readonly NumberedCandidate[], boundaries: readonly number[]): number[] {
  let part = 0;
  return candidates.map(({ start }) => {
    while ((boundaries[part] ?? Infinity) <= start) part += 1;
    return part;
  });
}

/** What it is worth that numbering begins with these numbers: 1 and 1.1 are best. */
function beginning(numbers: readonly number[], base: number): number {
  const gap = numbers.reduce((sum, number) => sum + Math.max(0, Math.floor(number) - 1), 0);
  return base + gap * score.perGap;
}

/** What it is worth that `next` follows `previous` with so many passed over; minus infinity when it cannot. */
function progress(previous: NumberedCandidate, next: NumberedCandidate, passedOver: number): number {
  if (previous.letter !== next.letter) return -Infinity;
  const [a, b] = [previous.numbers, next.numbers];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  if (shared === a.length && shared === b.length) return passedOver > equalPassedOverMax ? -Infinity : score.equal;
  const from = a[shared] ?? 0;
  const to = b[shared];
  if (to === undefined || to < from) return -Infinity;
  const skipped = shared < a.length ? Math.max(0, Math.ceil(to - from) - 1) : Math.max(0, Math.floor(to) - 1);
  const deeper = b.slice(shared + 1).reduce((sum, number) => sum + Math.max(0, Math.floor(number) - 1), 0);
  const gap = skipped + deeper;
  if (gap > gapMax) return -Infinity;
  return gap === 0 ? score.exact : gap * score.perGap;
}
