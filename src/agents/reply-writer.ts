import * as z from 'zod/mini';
import { CaseDecision } from '../contracts/case-decision';
import { Customer, shopText } from '../contracts/shop';
import { defineAgent } from './define-agent';

export const replyWriter = defineAgent({
  version: '1.0.0',
  owner: 'service-desk',
  objective: 'Answer the customer: what was done, what was not and why, what they are asked.',
  instructions:
    'Write a short, plain mail. Name every action with its order, every refund with its amount and method, every ' +
    'denial with its reason, every question. Say nothing that does not stand in the input, and recommend nothing.',
  input: z.strictObject({ name: Customer.shape.name, decision: CaseDecision }),
  output: z.strictObject({
    subject: shopText(200).check(z.minLength(1)),
    body: shopText(10_000).check(z.minLength(1)),
  }),
  rules: ['replySaysOnlyTheCase'],
  escalateTo: 'service-lead',
});
