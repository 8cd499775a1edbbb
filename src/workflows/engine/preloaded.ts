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

/**
 * Frames of a stack trace in the sandbox. The SDK takes one for every promise that workflow code makes, and looks each
 * frame up in the source map: with V8's ten frames, that was 44 % of a replay. A run finds `Error` frozen.
 */
Error.stackTraceLimit = 5;

/**
 * The SDK records, for every promise that workflow code makes, where it was made, so that `temporal workflow stack` can
 * tell where a run stands. `show` and the current details tell that in the process's own words, and the recording is a
 * third of what the engine costs, see docs/decisions/0034. It finds the run by this constructor and this code; told that
 * there is none, it records nothing. Whoever asks for anything else gets what `Function` makes.
 */
const makeFunction = Promise.constructor;
Object.defineProperty(Promise, 'constructor', {
  value: (code: string): unknown =>
    code === 'return globalThis.__TEMPORAL_ACTIVATOR__'
      ? () => undefined
      : Reflect.apply(makeFunction, undefined, [code]),
});
