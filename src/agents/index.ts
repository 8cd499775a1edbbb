import { actionDecider } from './action-decider';
import { caseReader } from './case-reader';
import { clauseExtractor } from './clause-extractor';
import { outcomeVerifier } from './outcome-verifier';
import { playbookComparer } from './playbook-comparer';
import { replyWriter } from './reply-writer';
import { reportWriter } from './report-writer';
import { riskAssessor } from './risk-assessor';
import { secondReader } from './second-reader';
import { termReader } from './term-reader';

/** The catalogue of agents: one line each. */
export const agents = {
  clauseExtractor,
  termReader,
  playbookComparer,
  riskAssessor,
  secondReader,
  reportWriter,
  caseReader,
  actionDecider,
  outcomeVerifier,
  replyWriter,
};

export type Agents = typeof agents;
