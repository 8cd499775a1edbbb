import { clauseExtractor } from './clause-extractor';
import { playbookComparer } from './playbook-comparer';
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
};

export type Agents = typeof agents;
