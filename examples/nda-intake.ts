import * as z from 'zod/mini';
import { defineTool } from '../src/activities/tools/define-tool';
import { defineAgent } from '../src/agents/define-agent';
import { Matter } from '../src/contracts/contract-review';
import { days } from '../src/contracts/duration';
import type { Verdict } from '../src/contracts/verdict';
import { processDefiner } from '../src/workflows/engine/define-process';
const card = { version: '1.0.0', owner: 'legal-operations' };
const Nda = z.strictObject({ name: z.string(), sha256: z.string(), text: z.string() });
const Finding = z.strictObject({ statement: z.string(), quote: z.string() });
const reader = { ...card, instructions: 'Quote the sentence, word for word.', input: Nda, output: Finding };
const agents = {
  durationReader: defineAgent({ ...reader, objective: 'Say how long the duty of secrecy lasts.' }),
  lawReader: defineAgent({ ...reader, objective: 'Say which law governs the agreement.' }),
};
const fileNda = defineTool({
  description: 'File an agreement in the matters table.',
  effect: 'compensatable',
  input: z.omit(Matter, { matterId: true, filedAt: true }),
  output: Matter,
  execute: (matter, { services, idempotencyKey }) => services.matters.file(matter, idempotencyKey),
  compensate: (_matter, { services, idempotencyKey }) => services.matters.withdraw(idempotencyKey),
  lookup: ({ services, idempotencyKey }) => services.matters.find(idempotencyKey),
});
export const catalogue = { agents, tools: { fileNda }, rules: {} };
export const ndaIntake = processDefiner<typeof catalogue>()({
  ...card,
  name: 'ndaIntake',
  objective: 'Read a secrecy agreement, have counsel sign it off, file it.',
  input: Nda,
  output: Matter,
  budget: { costMicroUsdMax: 50_000, tokensMax: 20_000, callsMax: 20, durationMsMax: days(7) },
  async execute(run, nda) {
    const quoteStandsInNda = ({ quote }: z.infer<typeof Finding>): Verdict =>
      nda.text.includes(quote) ? { verdict: 'accept' } : { verdict: 'retry', feedback: `Not in the text: ${quote}` };
    const [duration, law] = await Promise.all([
      run.agent('durationReader', nda, { gates: [quoteStandsInNda] }),
      run.agent('lawReader', nda, { gates: [quoteStandsInNda] }),
    ]);
    const question = { of: { duration, law }, role: 'counsel', withinMs: days(2), escalateTo: 'generalCounsel' };
    const { actor } = await run.approval('counselSignOff', question);
    const signed = { recommendation: 'sign', risks: 0, gaps: 0, signedOffBy: actor } as const;
    return run.tool('fileNda', { contract: nda.name, contractSha256: nda.sha256, ...signed });
  },
});
