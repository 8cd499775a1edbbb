import * as z from 'zod/mini';
import { ClauseCategory, ClauseFinding, Contract } from '../contracts/clause';
import { defineAgent } from './define-agent';

export const clauseExtractor = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Find every clause of one category in a contract and quote it exactly.',
  instructions:
    'Read the contract section by section. Return each passage that belongs to the category, word for word, with ' +
    'its section and its place in the text. Return nothing when the contract has none; never paraphrase.',
  input: z.strictObject({ contract: Contract, category: ClauseCategory }),
  output: ClauseFinding,
  rules: ['clausesStandInPlace'],
  escalateTo: 'counsel',
  limits: { outputTokensMax: 512 },
});
