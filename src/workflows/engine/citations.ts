import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { ActivityInterfaceFor, ActivityOptions } from '@temporalio/workflow';
import {
  citableTextsOf,
  citedDigits,
  looksCited,
  withCitations,
  type Citation,
  type CitedCall,
} from '../../contracts/citation';
import { aroundCalls } from './around-calls';
import { expectedFailure } from './failing';

/** Of the texts that one execution notes; what comes after is said again. */
const notedCharactersMax = 16 * 1_024 * 1_024;

/** The texts that calls of an execution have answered with. */
interface Noted {
  /** The activity that answered with a text last, and the citation once there is one. */
  readonly sources: Map<string, { readonly activityId: string; citation?: Citation }>;
  characters: number;
}

/**
 * Makes the calls of an execution cite the long texts that earlier ones answered with instead of saying them again. A
 * text is known by what it says: process code may do with its copy of an answer what it likes. A worker that does not
 * remember a text does not begin, and the call is made again in full.
 */
export function citing<Own>(activities: ActivityInterfaceFor<Own>): ActivityInterfaceFor<Own> {
  const noted: Noted = { sources: new Map(), characters: 0 };
  return aroundCalls(activities, (make) => {
    const call = (options: ActivityOptions, told: unknown, whole: unknown): Promise<unknown> =>
      make(options, [told]).then(
        (answer) => {
          note(noted, options.activityId, answer);
          return answer;
        },
        (error: unknown) => {
          if (told === whole || expectedFailure(error)?.type !== 'CitedTextForgotten') throw error;
          return call({ ...options, activityId: `${options.activityId ?? ''}.whole` }, whole, whole);
        },
      );
    return (options, [whole]) => call(options, withCited(noted, whole), whole);
  });
}

function note(noted: Noted, activityId: string | undefined, answer: unknown): void {
  if (activityId === undefined) return;
  for (const text of citableTextsOf(answer)) {
    noted.characters += text.length;
    if (noted.characters <= notedCharactersMax) noted.sources.set(text, { activityId });
  }
}

function withCited({ sources }: Noted, call: unknown): unknown {
  const hasKnown = citableTextsOf(call).some((text) => sources.has(text));
  if (!hasKnown || looksCited(call)) return call;
  const citationOf = (text: string) => {
    const source = sources.get(text);
    if (source === undefined) return undefined;
    return (source.citation ??= { $cites: source.activityId, sha256: bytesToHex(sha256(text)).slice(0, citedDigits) });
  };
  return { $cited: withCitations(call, citationOf) } satisfies CitedCall;
}
