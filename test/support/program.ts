import * as z from 'zod/mini';
import type { Run } from '../../src/workflows/engine/run';
import type { TestCatalogue } from './catalogue';

/** A process as data. A key or topic that begins with `bad` has no answer. */
export type Program =
  | { readonly do: 'write' | 'lookUp'; readonly about: string }
  | { readonly do: 'pause'; readonly ms: number }
  | { readonly do: 'sequence' | 'parallel'; readonly parts: readonly Program[] }
  | { readonly do: 'map'; readonly topics: readonly string[]; readonly concurrencyMax: number }
  | { readonly do: 'if'; readonly about: string; readonly even: Program; readonly odd: Program }
  | { readonly do: 'try'; readonly part: Program };

export const Program: z.ZodMiniType<Program> = z.lazy(() =>
  z.union([
    z.strictObject({ do: z.enum(['write', 'lookUp']), about: z.string() }),
    z.strictObject({ do: z.literal('pause'), ms: z.int() }),
    z.strictObject({ do: z.enum(['sequence', 'parallel']), parts: z.array(Program) }),
    z.strictObject({ do: z.literal('map'), topics: z.array(z.string()), concurrencyMax: z.int() }),
    z.strictObject({ do: z.literal('if'), about: z.string(), even: Program, odd: Program }),
    z.strictObject({ do: z.literal('try'), part: Program }),
  ]),
);

/** Runs a program; what later parts of a sequence ask depends on what the earlier ones answered. */
export async function interpret(run: Run<TestCatalogue>, program: Program, before = ''): Promise<string> {
  switch (program.do) {
    case 'write':
      return (await run.agent('writer', { topic: program.about + before })).text;
    case 'lookUp':
      return (await run.tool('lookUp', { key: program.about + before })).value;
    case 'pause':
      await run.sleep(program.ms);
      return '';
    case 'sequence': {
      let so = before;
      for (const part of program.parts) so = shortened(so + (await interpret(run, part, so)));
      return so;
    }
    case 'parallel':
      return shortened((await Promise.all(program.parts.map((part) => interpret(run, part, before)))).join('&'));
    case 'map': {
      const work = async (topic: string) => {
        const { value } = await run.tool('lookUp', { key: topic + before });
        return (await run.agent('writer', { topic: value })).text;
      };
      const texts = await run.map(program.topics, work, { concurrencyMax: program.concurrencyMax });
      return shortened(texts.join('&'));
    }
    case 'if': {
      const { value } = await run.tool('lookUp', { key: program.about + before });
      return interpret(run, value.length % 2 === 0 ? program.even : program.odd, before);
    }
    case 'try':
      try {
        return await interpret(run, program.part, before);
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      }
  }
}

/** Keeps a text that every step of a long program adds to within bounds, and dependent on all of them. */
function shortened(text: string): string {
  if (text.length <= 40) return text;
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return `${text.slice(0, 30)}#${sum}`;
}
