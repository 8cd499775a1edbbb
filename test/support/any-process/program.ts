import * as z from 'zod/mini';

/** What of the text so far goes into a question: nothing, whether it counts as even, or all of it. */
export const Uses = z.enum(['nothing', 'parity', 'all']);
export type Uses = z.infer<typeof Uses>;

/** The tools with an effect: `book` is compensatable, `announce` retriable, `pay` a pivot. */
export const EffectTool = z.enum(['book', 'announce', 'pay']);
export type EffectTool = z.infer<typeof EffectTool>;

const leaf = { site: z.string(), uses: Uses };

/**
 * A process as data. A site names a place in the program, and is unique in it, except that effects at the site `same`
 * ask equal questions. `loop` repeats its part until the text so far counts as even; `try` catches what its part throws.
 */
export type AnyProgram =
  | { readonly do: 'write' | 'read' | 'sign'; readonly site: string; readonly uses: Uses }
  | { readonly do: 'effect'; readonly tool: EffectTool; readonly site: string; readonly uses: Uses }
  | { readonly do: 'sequence' | 'parallel'; readonly parts: readonly AnyProgram[] }
  | { readonly do: 'map'; readonly itemsCount: number; readonly concurrencyMax: number; readonly part: AnyProgram }
  | { readonly do: 'loop'; readonly roundsMax: number; readonly part: AnyProgram }
  | { readonly do: 'if'; readonly even: AnyProgram; readonly odd: AnyProgram }
  | { readonly do: 'try'; readonly part: AnyProgram }
  | { readonly do: 'child'; readonly site: string; readonly uses: Uses; readonly part: AnyProgram };

export const AnyProgram: z.ZodMiniType<AnyProgram> = z.lazy(() =>
  z.union([
    z.strictObject({ do: z.enum(['write', 'read', 'sign']), ...leaf }),
    z.strictObject({ do: z.literal('effect'), tool: EffectTool, ...leaf }),
    z.strictObject({ do: z.enum(['sequence', 'parallel']), parts: z.array(AnyProgram) }),
    z.strictObject({ do: z.literal('map'), itemsCount: z.int(), concurrencyMax: z.int(), part: AnyProgram }),
    z.strictObject({ do: z.literal('loop'), roundsMax: z.int(), part: AnyProgram }),
    z.strictObject({ do: z.literal('if'), even: AnyProgram, odd: AnyProgram }),
    z.strictObject({ do: z.literal('try'), part: AnyProgram }),
    z.strictObject({ do: z.literal('child'), ...leaf, part: AnyProgram }),
  ]),
);

/** Where in a run a part of the program is: which rounds and items it is in, what came before, who catches. */
export interface Place {
  readonly within: string;
  readonly before: string;
  /** What fails here is caught: then nothing may depend on which of several branches fails first. */
  readonly isCaught: boolean;
}

/** What a leaf asks about: its site, the rounds and items it is in, and what it uses of the text so far. */
export function topicOf({ site, uses }: { readonly site: string; readonly uses: Uses }, place: Place): string {
  const where = site === 'same' ? site : `${site}${place.within}`;
  switch (uses) {
    case 'nothing':
      return where;
    case 'parity':
      return `${where}?${isEven(place.before) ? 'even' : 'odd'}`;
    case 'all':
      return `${where}<${place.before}`;
  }
}

/** The site that a topic is about. */
export function siteOf(topic: string): string {
  return /^[a-z]+\d*/.exec(topic)?.[0] ?? topic;
}

/** The text so far with one more piece: short, and dependent on all pieces and their order. */
export function joined(before: string, piece: string): string {
  return digest(`${before}+${piece}`);
}

/** Half of all texts count as even. */
export function isEven(text: string): boolean {
  return Number.parseInt(digest(text).slice(-1), 16) % 2 === 0;
}

/** What the world answers about a topic, whoever is asked; the version says how often an answer was rejected. */
export function answerTo(topic: string, version = 0): string {
  return digest(`${topic}@${version}`);
}

/** A hash of eight hexadecimal digits (FNV-1a), good enough to tell texts apart. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
