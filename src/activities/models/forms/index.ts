import { clauseExtractor } from './clause-extractor';
import { playbookComparer } from './playbook-comparer';
import { reportWriter } from './report-writer';
import { riskAssessor } from './risk-assessor';
import { secondReader } from './second-reader';
import { termReader } from './term-reader';

/** The catalogue of forms: for agents whose input or output is not for a model to read or write as it is. One line each. */
export const forms = {
  clauseExtractor,
  termReader,
  playbookComparer,
  riskAssessor,
  secondReader,
  reportWriter,
};
