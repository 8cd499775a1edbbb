import * as z from 'zod/mini';
import * as decision from '../../contracts/decision';
import * as preview from '../../contracts/preview';
import * as stepRejection from '../../contracts/step-rejection';
import './define-process';

/*
 * What a worker loads once for all its runs: the engine, and what it imports. Loaded for each run, as the processes are,
 * it took half of a run's memory and 8 % of a busy worker's time.
 */

/**
 * The sandbox freezes what is preloaded, as deep as it finds it unfrozen. Schemas complete themselves when they are first
 * used, and patterns when they are matched, so what holds them is frozen here, one level deep.
 */
for (const holder of [z.regexes, decision, preview, stepRejection]) Object.freeze(holder);

/** Frames of an error's stack trace in the sandbox, each of which is looked up in the source map. A run finds `Error` frozen. */
Error.stackTraceLimit = 5;

/**
 * The SDK records, for every promise that workflow code makes, where it was made, so that `temporal workflow stack` can
 * tell where a run stands. `show` and the current details tell that in the process's own words, and the recording is a
 * third of a replay, see docs/decisions/0034. It asks for the sandbox's `Error` by this code, and is given one without a
 * trace; then it records nothing. The other code is what it finds a promise's run by, which takes long to compile.
 */
function makeAsked(...code: string[]): unknown {
  if (code.length === 1 && code[0] === 'return globalThis.__TEMPORAL_ACTIVATOR__') return activatorOfNow;
  if (code.length === 1 && code[0] === 'return globalThis.Error') return giveUntraced;
  return Reflect.apply(makeFunction, undefined, code);
}
const activatorOfNow = () => (globalThis as { readonly __TEMPORAL_ACTIVATOR__?: unknown }).__TEMPORAL_ACTIVATOR__;
const giveUntraced = () => untraced;
function untraced(): void {
  // As a constructor, it makes objects without a stack.
}

const makeFunction = Promise.constructor;
Object.defineProperty(Promise, 'constructor', { value: makeAsked });
