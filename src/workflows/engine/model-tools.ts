import { CancellationScope } from '@temporalio/workflow';
import type { NumberedRequest, Said } from '../../contracts/conversation';
import type { Failure } from '../../contracts/failures';
import { askApproval } from './approval-step';
import type { CallingStep } from './call';
import { expectedFailure } from './failing';
import { fingerprint } from './fingerprint';
import { summary } from './story';
import { together } from './together';
import { askTool, type AnswerForModel } from './tool-step';

/** A step whose model asks, and the conversation in which it does: its attempt and part, each from 1, as `1.1`. */
export interface Conversing extends CallingStep {
  readonly conversation: string;
}

/**
 * Answers what a model asks of tools in one turn. What concerns the run as a whole ends the other requests, too, and is
 * thrown once they are settled.
 */
export function answerRequests(calling: Conversing, requests: readonly NumberedRequest[]): Promise<Said[]> {
  const scope = new CancellationScope({ cancellable: true });
  const works = requests.map((request) => () => answerRequest(calling, request));
  return scope.run(() =>
    together(works, () => {
      scope.cancel();
    }),
  );
}

/**
 * Answers what a model asks of a tool. A tool's failure is an answer, too, and so is a person's refusal; only what
 * concerns the run as a whole is thrown.
 */
async function answerRequest(calling: Conversing, request: NumberedRequest): Promise<Said> {
  const { call, tool, refusal } = request;
  if (refusal !== undefined) return { call, text: refusal };
  try {
    await permission(calling, request);
    const { execution, entry } = calling;
    const asker = { execution, within: entry, ordinal: request.ordinal };
    const asked = { name: tool, input: request.arguments, about: entry.about, asks: 'model' } as const;
    const answer = (await askTool(asker, asked)) as AnswerForModel; // what askTool answers to a model
    return 'found' in answer ? { call, text: JSON.stringify(answer.found) } : { call, ...answer };
  } catch (error) {
    const reason = expectedFailure(error);
    if (reason === undefined || concernsTheRun(calling, reason)) throw error;
    return { call, text: `${tool} failed: ${reason.message}` };
  }
}

/**
 * A tool that somebody must approve waits for them, for exactly this call with exactly these arguments. Models name
 * their calls: two conversations may use the same name, and so may two turns of one.
 */
async function permission({ execution, entry, conversation }: Conversing, request: NumberedRequest): Promise<void> {
  const { call, tool, arguments: given } = request;
  const role = execution.manifest.tools[tool]?.approvedBy;
  if (role === undefined) return;
  await askApproval(
    { execution, within: entry, ordinal: request.ordinal },
    {
      name: `${tool}Approval`,
      about: summary(tool, entry.about),
      of: { step: entry.step, conversation, call, tool, arguments: given, argumentsHash: fingerprint(given) },
      role,
      offers: ['approve', 'reject', 'reassign'],
    },
  );
}

function concernsTheRun({ execution }: CallingStep, { type, details }: Failure): boolean {
  if (execution.stopped !== undefined || type === 'Cancelled' || type === 'ApprovalWithdrawn') return true;
  return type === 'OutOfBudget' || (type === 'Rejected' && typeof details['blame'] === 'string');
}
