import * as z from 'zod/mini';
import { about, budget, defineProcess } from './process-basics';

/**
 * What is rejected late: agents read the parts of a text at once, one sums up, and an editor signs off. The editor
 * rejects and blames the reading of one part.
 */
export const revised = defineProcess({
  ...about,
  name: 'revised',
  budget,
  input: z.strictObject({ parts: z.array(z.string()) }),
  output: z.strictObject({ text: z.string() }),
  async execute(run, { parts }) {
    const read = await run.map(parts, (text) => run.agent('speaker', { text }), { concurrencyMax: parts.length });
    const summary = await run.agent('speaker', { text: read.map(({ text }) => text).join('\n') });
    const { value } = await run.approval('editorSignOff', { of: summary, role: 'editor' });
    return value;
  },
});
