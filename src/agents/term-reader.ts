import * as z from 'zod/mini';
import { ClauseFinding } from '../contracts/clause';
import { Terms } from '../contracts/terms';
import { defineAgent } from './define-agent';

export const termReader = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Turn the quoted clauses into values: parties, dates, durations, governing law, amounts.',
  instructions:
    'Take every value from a quote and keep the quote with it. Leave out what cannot be read; guess nothing.',
  input: z.strictObject({ findings: z.array(ClauseFinding) }),
  output: Terms,
  rules: ['nothingInvented', 'termsFollowFromClauses'],
  escalateTo: 'counsel',
  limits: { outputTokensMax: 2_048 },
});
