import { CaseDecision, DecisionBasis } from '../contracts/case-decision';
import { defineAgent } from './define-agent';

export const actionDecider = defineAgent({
  version: '1.0.0',
  owner: 'service-desk',
  objective: 'Decide what is to be done about a case: actions, denials, questions, answers, or a hand-off.',
  instructions:
    'Decide each request on the records and the service policy. Name orders, items, variants and payment methods by ' +
    'their ids in the records, and only where the words fit exactly one; otherwise ask. Deny what the policy forbids, ' +
    'and say why. Hand the case to a person when anything in it was not understood; then do nothing else.',
  input: DecisionBasis,
  output: CaseDecision,
  rules: ['decisionFollowsFromReading'],
  escalateTo: 'service-lead',
});
