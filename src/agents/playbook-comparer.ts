import * as z from 'zod/mini';
import { Artifact } from '../contracts/artifact';
import { ClauseFinding } from '../contracts/clause';
import { Comparison } from '../contracts/risk';
import { defineAgent } from './define-agent';

export const playbookComparer = defineAgent({
  version: '1.0.0',
  owner: 'legal-operations',
  objective: 'Say for each clause category whether the contract meets the playbook’s position or its fall-back.',
  instructions: 'Read the tests of each entry in the order deal-breaker, position, fall-back, and cite what decided.',
  input: z.strictObject({ findings: z.array(ClauseFinding), playbook: Artifact }),
  output: z.array(Comparison),
  rules: ['nothingInvented', 'comparisonsFollowPlaybook'],
  escalateTo: 'counsel',
  limits: { outputTokensMax: 1_024 },
});
