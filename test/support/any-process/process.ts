import * as z from 'zod/mini';
import { expectedFailure } from '../../../src/workflows/engine/failing';
import { processDefiner } from '../../../src/workflows/engine/define-process';
import type { Process, Run } from '../../../src/workflows/engine/run';
import { about, budget } from '../process-basics';
import { answerTo, AnyProgram, isEven, joined, topicOf, type Place } from './program';
import type { AnyCatalogue } from './catalogue';

const AnyInput = z.strictObject({ program: AnyProgram, within: z.string(), before: z.string() });
export type AnyInput = z.infer<typeof AnyInput>;

/** Executes a program: any shape of process that the property test can draw. */
export const anyProcess: Process<AnyInput, string> = processDefiner<AnyCatalogue>()({
  ...about,
  name: 'anyProcess',
  input: AnyInput,
  output: z.string(),
  budget,
  execute: (run, { program, ...place }) => execute(run, program, { ...place, isCaught: false }),
});

type AnyRun = Run<AnyCatalogue>;

async function execute(run: AnyRun, program: AnyProgram, place: Place): Promise<string> {
  switch (program.do) {
    case 'write': {
      const topic = topicOf(program, place);
      return (await run.agent('writer', { topic }, { about: topic, gates: ['critic'] })).text;
    }
    case 'read': {
      const topic = topicOf(program, place);
      return (await run.tool('consult', { topic }, { about: topic })).answer;
    }
    case 'effect': {
      const topic = topicOf(program, place);
      return (await run.tool(program.tool, { topic }, { about: topic })).answer;
    }
    case 'sign': {
      const topic = topicOf(program, place);
      const { value } = await run.approval('sign', { of: topic, about: topic, role: 'editor' });
      return answerTo(value);
    }
    case 'sequence':
      return eachIn(program.parts.length, place, (index, so) => execute(run, program.parts[index]!, so));
    case 'parallel':
      return together(
        program.parts.map((part) => execute(run, part, place)),
        place,
      );
    case 'map':
      return mapped(run, program, place);
    case 'loop':
      return eachIn(program.roundsMax, place, (round, so) =>
        round > 0 && isEven(so.before)
          ? Promise.resolve('')
          : execute(run, program.part, { ...so, within: `${so.within}.${round}` }),
      );
    case 'if':
      return execute(run, isEven(place.before) ? program.even : program.odd, place);
    case 'try':
      return execute(run, program.part, { ...place, isCaught: true }).catch((error: unknown) => {
        if (expectedFailure(error) === undefined) throw error;
        return 'caught';
      });
    case 'child': {
      const topic = topicOf(program, place);
      const input = { program: program.part, within: place.within, before: topic };
      return run.process(anyProcess, input, { about: topic });
    }
  }
}

/** One after the other, each with what came before; an empty piece adds nothing. */
async function eachIn(
  count: number,
  place: Place,
  work: (index: number, so: Place) => Promise<string>,
): Promise<string> {
  let before = place.before;
  for (let index = 0; index < count; index += 1) {
    const piece = await work(index, { ...place, before });
    if (piece !== '') before = joined(before, piece);
  }
  return before;
}

/** All at once. Where a failure is caught it counts only when every branch has ended. */
async function together(branches: readonly Promise<string>[], { isCaught }: Place): Promise<string> {
  if (!isCaught) return (await Promise.all(branches)).join('&');
  const ends = await Promise.allSettled(branches);
  return ends.map((end) => (end.status === 'fulfilled' ? end.value : rethrown(end.reason))).join('&');
}

function rethrown(error: unknown): never {
  throw error;
}

async function mapped(run: AnyRun, program: AnyProgram & { do: 'map' }, place: Place): Promise<string> {
  const { itemsCount, concurrencyMax, part } = program;
  const items = Array.from({ length: itemsCount }, (_, item) => item);
  const pieces = await run.map(
    items,
    (item) => execute(run, part, { ...place, within: `${place.within}.${item}` }),
    // What is begun before a failure is seen must not depend on time where the failure is caught.
    { concurrencyMax: place.isCaught && concurrencyMax > 1 ? Math.max(1, itemsCount) : concurrencyMax },
  );
  return pieces.join('&');
}
