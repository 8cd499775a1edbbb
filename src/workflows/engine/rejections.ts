import { failure, type Failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import type { JournalEntry, StepKind } from '../../contracts/journal';
import { PreviewRequest } from '../../contracts/preview';
import { StepRejection, type RejectionReceipt } from '../../contracts/step-rejection';
import { reworks, type Execution } from './execution';
import { reject } from './rework';
import { tellState } from './story';

/** Steps that have nothing to be wrong about. */
const blameless: readonly StepKind[] = ['sleep', 'now', 'uuid'];

/** Why a rejection cannot be taken up, or nothing. It changes nothing, so a validator may ask. */
export function refusalOfRejection(execution: Execution | undefined, sent: unknown): Failure | undefined {
  const parsed = StepRejection.safeParse(sent);
  if (!parsed.success) return refuse(`It does not have the shape of a rejection: ${issuesOf(parsed.error)}`);
  return refusalOfBlame(execution, parsed.data.step);
}

/** Why nothing can be said of a rejection beforehand, or nothing. */
export function refusalOfPreview(execution: Execution | undefined, sent: unknown): Failure | undefined {
  const parsed = PreviewRequest.safeParse(sent);
  if (!parsed.success) return refuse(`It does not have the shape of a preview's request: ${issuesOf(parsed.error)}`);
  return refusalOfBlame(execution, parsed.data.reject);
}

/** Why a step of this run cannot be blamed, or nothing. */
export function refusalOfBlame(execution: Execution | undefined, step: string): Failure | undefined {
  if (execution === undefined) return refuse('The run has not begun.');
  if (!reworks(execution)) return refuse('The run began before steps could be rejected.');
  if (execution.stopped !== undefined) return refuse('The run is ending.');
  const entry = execution.journal.find(step);
  if (entry === undefined) return refuse(`The run has no step ${step}. \`show\` lists its steps.`);
  if (entry.within !== undefined) return refuse(`${step} was asked within ${entry.within}: reject that.`);
  if (entry.struck !== undefined) return refuse(`${step} no longer counts: it is ${entry.struck.why}.`);
  if (blameless.includes(entry.question.kind)) return refuse(`${step} is no work of anybody's.`);
  if (entry.state !== 'answered') return refuse(`${step} has no answer that could be wrong.`);
  return undefined;
}

/** Takes up a rejection that was not refused. */
export function takeRejection(execution: Execution, { step, feedback, actor }: StepRejection): RejectionReceipt {
  reject(execution, answered(execution, step), { feedback: `${actor} rejected ${step}: ${feedback}`, by: actor });
  tellState(execution);
  return { step, pass: execution.pass.number };
}

/** The entry of a step that was not refused. */
export function answered({ journal }: Execution, step: string): JournalEntry {
  const entry = journal.find(step);
  if (entry === undefined) throw new Error(`Expected the validator to refuse ${step}.`);
  return entry;
}

function refuse(reason: string): Failure {
  return failure('RejectionRefused', `The rejection was refused. ${reason}`);
}
