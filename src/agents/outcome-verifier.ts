import * as z from 'zod/mini';
import { CaseDecision, CaseRecords } from '../contracts/case-decision';
import { shopText } from '../contracts/shop';
import { defineAgent } from './define-agent';

export const outcomeVerifier = defineAgent({
  version: '1.0.0',
  owner: 'service-desk',
  objective: 'Compare the records after a case with what was decided, and name every difference.',
  instructions:
    'Reckon from the records before and the decided actions what each order and the customer’s address must be now, ' +
    'and name whatever is otherwise. Balances of gift cards are left out: other cases may have moved them meanwhile.',
  input: z.strictObject({ actions: CaseDecision.shape.actions, before: CaseRecords, after: CaseRecords }),
  output: z.strictObject({ differences: z.array(shopText(20_000)) }),
  rules: ['differencesStand'],
  escalateTo: 'service-lead',
});
