import * as z from 'zod/mini';
import { CaseId } from '../../contracts/customer-case';
import { shopText } from '../../contracts/shop';
import { closeCase as close } from '../shop/cases';
import { defineTool } from './define-tool';

/** `retriable`: it comes after what cannot be undone. When a run is undone, so is its having taken the case up. */
export const closeCase = defineTool({
  description: 'Close a case with a line on what came of it.',
  effect: 'retriable',
  input: z.strictObject({ caseId: CaseId, summary: shopText(10_000) }),
  output: z.strictObject({ closed: z.literal(true) }),
  async execute({ caseId, summary }, { services: { database } }) {
    await close(database, { caseId, summary });
    return { closed: true as const };
  },
});
