import * as z from 'zod/mini';
import { CaseId } from '../../contracts/customer-case';
import { giveUpCase, hasCase, openCase as open } from '../shop/cases';
import { defineTool } from './define-tool';

const opened = { opened: true } as const;

export const openCase = defineTool({
  description: 'Take a case up, so that no other run works on it; refused when another has it.',
  effect: 'compensatable',
  input: z.strictObject({ caseId: CaseId }),
  output: z.strictObject({ opened: z.literal(true) }),
  async execute({ caseId }, { services: { database }, idempotencyKey }) {
    await open(database, { caseId, idempotencyKey });
    return opened;
  },
  compensate: ({ caseId }, { services: { database }, idempotencyKey }) =>
    giveUpCase(database, { caseId, idempotencyKey }),
  lookup: async ({ services: { database }, idempotencyKey }) =>
    (await hasCase(database, idempotencyKey)) ? opened : undefined,
});
