import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { CancellationScope, type ActivityInterfaceFor, type ActivityOptions } from '@temporalio/workflow';
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

/** A forgotten citation adds to the history what so many remembered ones save. */
const forgottenWeighs = 3;

/** An execution begins with this credit, and never has more: one whose workers forget too often soon cites no more. */
const creditMax = 6;

/** What an execution knows of the texts that its calls have answered with, and of its workers' memory. */
interface Memory {
  /** The activity that answered with a text first, and the citation once there is one. */
  readonly sources: Map<string, { readonly activityId: string; citation?: Citation }>;
  characters: number;
  credit: number;
}

/**
 * Makes the calls of an execution cite the long texts that earlier ones answered with instead of saying them again. A
 * text is known by what it says: process code may do with its copy of an answer what it likes. A worker that does not
 * remember a text does not begin, and the call is made again in full, with all its attempts: that a text is forgotten
 * says nothing of the attempts before, which another worker may have begun.
 */
export function citing<Own>(activities: ActivityInterfaceFor<Own>): ActivityInterfaceFor<Own> {
  const memory: Memory = { sources: new Map(), characters: 0, credit: creditMax };
  return aroundCalls(activities, (make) => (options, [whole]) => {
    const { activityId } = options;
    if (activityId === undefined) return make(options, [whole]);
    const noting = (id: string) => (answer: unknown) => {
      note(memory, id, answer);
      return answer;
    };
    const told = withCited(memory, whole);
    return make(options, [told]).then(
      (answer) => {
        if (told !== whole) memory.credit = Math.min(creditMax, memory.credit + 1);
        return noting(activityId)(answer);
      },
      (error: unknown) => {
        if (expectedFailure(error)?.type !== 'CitedTextForgotten' || isKnownNotToBegin(options)) throw error;
        memory.credit -= forgottenWeighs;
        const wholeId = `${activityId}.whole`;
        return make({ ...options, activityId: wholeId }, [whole]).then(noting(wholeId));
      },
    );
  });
}

/** The only attempt of a call that is cancelled by now: that it was not begun would be lost with the second call. */
function isKnownNotToBegin({ retry }: ActivityOptions): boolean {
  return retry?.maximumAttempts === 1 && CancellationScope.current().consideredCancelled;
}

function note(memory: Memory, activityId: string, answer: unknown): void {
  for (const text of citableTextsOf(answer)) {
    if (memory.sources.has(text)) continue;
    memory.characters += text.length;
    if (memory.characters <= notedCharactersMax) memory.sources.set(text, { activityId });
  }
}

function withCited({ sources, credit }: Memory, call: unknown): unknown {
  if (credit < 0) return call;
  const hasKnown = citableTextsOf(call).some((text) => sources.has(text));
  if (!hasKnown || looksCited(call)) return call;
  const citationOf = (text: string) => {
    const source = sources.get(text);
    if (source === undefined) return undefined;
    return (source.citation ??= { $cites: source.activityId, sha256: bytesToHex(sha256(text)).slice(0, citedDigits) });
  };
  return { $cited: withCitations(call, citationOf) } satisfies CitedCall;
}
