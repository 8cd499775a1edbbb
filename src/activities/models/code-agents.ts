import type { Agents } from '../../agents';
import { findClauses } from './clauses/find-clauses';
import { readTerms } from './clauses/read-terms';
import type { CodeAgent } from './code-model';
import { readContractText } from './read-contract-text';
import { readText } from './read-text';
import { assessRisks } from './review/assess-risks';
import { comparePlaybook } from './review/compare-playbook';
import { parsePlaybook } from './review/read-playbook';
import { readAgain } from './review/second-reader';
import { storeReport } from './review/store-report';
import { decideActions } from './service/decide-actions';
import { readCase } from './service/read-case';
import { verifyOutcome } from './service/verify-outcome';
import { writeReply } from './service/write-reply';

/** The code behind the agents of the catalogue: retrieval and rules, general over contracts. One entry each. */
export const codeAgents: { readonly [Name in keyof Agents]: CodeAgent<Agents[Name]> } = {
  clauseExtractor: async ({ contract, category }, { artifacts }) => ({
    category,
    clauses: findClauses(await readContractText(artifacts, contract), category),
  }),
  termReader: ({ findings }) => Promise.resolve(readTerms(findings)),
  playbookComparer: async ({ findings, playbook }, { artifacts }) =>
    comparePlaybook(findings, parsePlaybook(await readText(artifacts, playbook))),
  riskAssessor: (input) => Promise.resolve(assessRisks(input)),
  secondReader: ({ input, output }) => Promise.resolve(readAgain({ ...input, assessment: output })),
  reportWriter: (input, { artifacts }) => storeReport(input, artifacts),
  caseReader: ({ message }) => Promise.resolve(readCase(message)),
  actionDecider: (basis) => Promise.resolve(decideActions(basis)),
  outcomeVerifier: ({ actions, before, after }) =>
    Promise.resolve({ differences: verifyOutcome(actions, before, after) }),
  replyWriter: ({ name, decision }) => Promise.resolve(writeReply(name, decision)),
};
