import { fileReview } from './file-review';
import { publishReport } from './publish-report';
import { readContract } from './read-contract';
import { readPlaybook } from './read-playbook';

/** The catalogue of tools: one line each. */
export const tools = {
  readContract,
  readPlaybook,
  publishReport,
  fileReview,
};

export type Tools = typeof tools;
