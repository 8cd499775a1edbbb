import type { Cue, CueSheet } from './cue';
import { compilePhrase } from './phrase';

type CompiledCue = { readonly pattern: RegExp; readonly points: number };
type CompiledSheet = {
  readonly cues: readonly CompiledCue[];
  readonly headings: readonly CompiledCue[];
  readonly requires: readonly (readonly RegExp[])[];
};

/** What is judged: the words of a passage, and the headings that stand over it. */
type JudgedWords = { readonly words: string; readonly headings: string };

const compiledSheets = new WeakMap<CueSheet, CompiledSheet>();

/** The points of a passage by a cue sheet; none when something that the sheet requires is missing. */
export function scorePassage(passage: JudgedWords, sheet: CueSheet): number {
  const { cues, headings, requires } = compiled(sheet);
  if (!requires.every((anyOf) => anyOf.some((pattern) => pattern.test(passage.words)))) return 0;
  const own = pointsOf(cues, passage.words);
  // A heading speaks only for words that say something themselves.
  return own > 0 ? own + pointsOf(headings, passage.headings) : 0;
}

function pointsOf(cues: readonly CompiledCue[], words: string): number {
  return cues.reduce((points, cue) => (cue.pattern.test(words) ? points + cue.points : points), 0);
}

function compiled(sheet: CueSheet): CompiledSheet {
  const known = compiledSheets.get(sheet);
  if (known !== undefined) return known;
  const fresh = {
    cues: sheet.cues.map(compileCue),
    headings: (sheet.headings ?? []).map(compileCue),
    requires: (sheet.requires ?? []).map((anyOf) => anyOf.map(compilePhrase)),
  };
  compiledSheets.set(sheet, fresh);
  return fresh;
}

function compileCue([phrase, points]: Cue): CompiledCue {
  return { pattern: compilePhrase(phrase), points };
}
