import type { Section } from '../../contracts/clause';
import { letteredMarks } from './headings/lettered';
import type { Mark } from './headings/mark';
import { likeliestChain, type ChainLink } from './headings/number-chain';
import { numberedCandidates } from './headings/numbered-candidates';
import { annexes, articles, signatures } from './headings/parts';
import { footerShapes } from './headings/surroundings';
import { titleOf } from './headings/title';
import { unnumberedMarks } from './headings/unnumbered';

/** The most sections of one contract; beyond it the deepest levels stay within the sections above them. */
export const sectionsMax = 2_000;

/** With fewer numbered headings than this a contract counts as unnumbered, and its titles in capitals part it. */
const numberedMin = 3;
const headingLengthMax = 200;
const titleProbe = 400;

/**
 * Splits the text of a contract into sections at its headings, which may stand on lines of their own or in the middle
 * of a line. The sections cover the text in order, without gaps or overlaps; what comes before the first heading is
 * `s-preamble`. An anchor is made of the section's own number (`s-7.2`, `s-article-iv`, `s-7.2.a`, in an annex
 * `s-schedule-2.1`); a second section of the same number gets `-2`. No text, no sections.
 */
export function splitSections(text: string): Section[] {
  if (text === '') return [];
  const marks = withinLimit(headingMarks(text));
  if (marks[0]?.start !== 0) marks.unshift({ start: 0, titleAt: 0, anchor: 's-preamble', level: 0 });
  const taken = new Set<string>();
  return marks.map((mark, index) => {
    const end = marks[index + 1]?.start ?? text.length;
    return { anchor: unique(mark.anchor, taken), heading: headingOf(text, mark, end), start: mark.start, end };
  });
}

function headingMarks(text: string): Mark[] {
  const footers = footerShapes(text);
  const main = articles(text, footers);
  const annexed = annexes(text, footers);
  const boundaries = [...main, ...annexed].map(({ start }) => start).sort((a, b) => a - b);
  const chain = likeliestChain(numberedCandidates(text, footers), boundaries);
  const parts = annexed.filter((annex) => opensPart(annex, chain));
  const unnumbered = chain.length + main.length < numberedMin ? unnumberedMarks(text, footers) : [];
  const numbered = chain.map(({ candidate }): Mark => {
    const part = parts.findLast((annex) => annex.start < candidate.start);
    const name = part === undefined || candidate.letter !== '' ? 's-' : `${part.anchor}.`;
    const { start, titleAt, written, numbers } = candidate;
    return { start, titleAt, anchor: name + written.toLowerCase(), level: numbers.length };
  });
  const signed = signatures(text, footers);
  const marks = inOrder([...main, ...numbered, ...unnumbered, ...parts, ...(signed === null ? [] : [signed])]);
  const lettered = marks.flatMap((mark, index) =>
    mark.level === 0 ? [] : letteredMarks(text, { mark, end: marks[index + 1]?.start ?? text.length }, footers),
  );
  return inOrder([...marks, ...lettered]);
}

/** An annex stands after the body. One that the body's numbering goes on behind was only mentioned. */
function opensPart(annex: Mark, chain: readonly ChainLink[]): boolean {
  const next = chain.findIndex(({ candidate }) => candidate.start > annex.start);
  if (chain.length === 0 || next < 0) return true;
  return next > 0 && chain[next]?.restarts === true;
}

function inOrder(marks: readonly Mark[]): Mark[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  return sorted.filter((mark, index) => mark.start !== sorted[index - 1]?.start);
}

function withinLimit(marks: readonly Mark[]): Mark[] {
  const room = sectionsMax - 1;
  for (let level = 9; level >= 0; level -= 1) {
    const kept = marks.filter((mark) => mark.level <= level);
    if (kept.length <= room) return kept;
  }
  return marks.slice(0, room);
}

function unique(anchor: string, taken: Set<string>): string {
  let name = anchor;
  for (let count = 2; taken.has(name); count += 1) name = `${anchor}-${count}`;
  taken.add(name);
  return name;
}

/** The label as written and the title after it, in one line. */
function headingOf(text: string, mark: Mark, end: number): string {
  if (mark.anchor === 's-preamble') return 'Preamble';
  if (mark.anchor === 's-signatures') return 'Signatures';
  const label = text.slice(mark.start, mark.titleAt);
  const title = titleOf(text.slice(mark.titleAt, Math.min(end, mark.titleAt + titleProbe)));
  return `${label} ${title}`.replace(/\s+/g, ' ').trim().slice(0, headingLengthMax).trim();
}
