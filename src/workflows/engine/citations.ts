import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { ActivityInterfaceFor, ActivityOptions } from '@temporalio/workflow';
import {
  citedDigits,
  longTextsOf,
  looksCited,
  withCitations,
  type Citation,
  type CitedCall,
} from '../../contracts/citation';
import type { Callable } from './lost-worker';

/** The long texts that the calls of an execution have answered with. */
export interface Citations {
  /** The activity that answered with a text last, and the citation once there is one. */
  readonly sources: Map<string, { readonly activityId: string; citation?: Citation }>;
  /** The texts that were cited, by the `sha256` of their citations. */
  readonly cited: Map<string, string>;
}

export function noCitations(): Citations {
  return { sources: new Map(), cited: new Map() };
}

/**
 * Makes calls cite the long texts that earlier ones answered with instead of saying them again. A text is known by what
 * it says: process code may do with its copy of an answer what it likes.
 */
export function citing<Own>(activities: ActivityInterfaceFor<Own>, citations: Citations): ActivityInterfaceFor<Own> {
  return new Proxy(activities, {
    get(target, name) {
      const activity = Reflect.get(target, name) as Callable; // each property of the SDK's proxy is an activity
      const executeWithOptions = (options: ActivityOptions, args: unknown[]) =>
        activity.executeWithOptions(
          options,
          args.map((call) => withCited(citations, call)),
        );
      return Object.assign((...args: unknown[]) => activity(...args), { executeWithOptions });
    },
  });
}

/** Notes what an activity answered with that may be cited. */
export function noteTexts({ sources }: Citations, activityId: string | undefined, answer: unknown): void {
  if (activityId === undefined) return;
  for (const text of longTextsOf(answer)) sources.set(text, { activityId });
}

function withCited(citations: Citations, call: unknown): unknown {
  const hasKnown = longTextsOf(call).some((text) => citations.sources.has(text));
  if (!hasKnown || looksCited(call)) return call;
  return { $cited: withCitations(call, (text) => citationOf(citations, text)) } satisfies CitedCall;
}

function citationOf({ sources, cited }: Citations, text: string): Citation | undefined {
  const source = sources.get(text);
  if (source === undefined) return undefined;
  source.citation ??= { $cites: source.activityId, sha256: bytesToHex(sha256(text)).slice(0, citedDigits) };
  cited.set(source.citation.sha256, text);
  return source.citation;
}
