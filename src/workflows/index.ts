/** The catalogue of processes: one line each. The worker's bundle registers each export as a workflow type. */
export { contractReview } from './contract-review';
export { customerOperations } from './customer-operations';
