import { processDefiner } from '../../../src/workflows/engine/define-process';
import type { LocalCatalogue } from './local-catalogue';
import { about, budget, Inputs, Result } from './process-basics';

/** Work 1 with nothing but quick calls. */
export const chain = processDefiner<LocalCatalogue>()({
  ...about,
  name: 'chain',
  budget,
  input: Inputs.chain,
  output: Result,
  async execute(run, { shape, text }) {
    let last = { text };
    for (let step = 0; step < shape.steps; step += 1) last = await run.tool('note', await run.agent('speaker', last));
    return { ...last, toolCalls: shape.steps };
  },
});
