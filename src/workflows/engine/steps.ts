import type { DecisionKind } from '../../contracts/decision';
import type { ProcessDescription } from '../../contracts/process';
import { askAgent } from './agent-step';
import { askApproval } from './approval-step';
import type { Gate } from './gates';
import { expectedFailure } from './failing';
import { mapBounded } from './map';
import type { Pass } from './pass';
import { askProcess } from './process-step';
import type { Catalogue, Run } from './run';
import { askNow, askSleep, askUuid } from './time-steps';
import { askTool } from './tool-step';

/** The run that a process function is given: each call becomes a step of this pass. */
export function runOf<C extends Catalogue>(pass: Pass): Run<C> {
  const asker = { execution: pass.execution, pass };
  const steps = {
    agent: (name: string, input: unknown, options: { about?: string; gates?: readonly Gate[] } = {}) =>
      kept(askAgent(asker, { name, input, about: '', gates: [], ...options })),
    tool: (name: string, input: unknown, { about = '' }: { about?: string } = {}) =>
      kept(askTool(asker, { name, input, about })),
    approval: (name: string, { edit, ...options }: Parameters<Run<C>['approval']>[1]) => {
      const offers: DecisionKind[] = [
        'approve',
        ...(edit === undefined ? [] : (['edit'] as const)),
        'reject',
        'reassign',
      ];
      const editable = edit === undefined ? {} : { editSchema: edit };
      const decided = askApproval(asker, { name, about: '', offers, ...options, ...editable });
      return kept(
        decided.then(({ decision, value, actor, role, comment, at }) => ({
          decision,
          value,
          actor,
          role,
          comment,
          decidedAt: at,
        })),
      );
    },
    process: (
      { description }: { description: ProcessDescription },
      input: unknown,
      { about = '' }: { about?: string } = {},
    ) => kept(askProcess(pass, { process: description, input, about })),
    map: (items, work, { concurrencyMax } = {}) => kept(mapBounded(items, work, concurrencyMax)),
    sleep: (durationMs, { about = '' } = {}) => kept(askSleep(pass, durationMs, about)),
    now: () => kept(askNow(pass)),
    uuid: () => kept(askUuid(pass)),
    leaveOut: (what, why) => {
      pass.leftOut.push({ what, why });
    },
  } satisfies Omit<Run<C>, 'agent' | 'tool' | 'approval' | 'process'> & Record<string, unknown>;
  return steps as unknown as Run<C>; // names become types here: the catalogue's schemas held the answers already
}

/**
 * A failure that the process never comes to take, since it has failed before, stands in the journal and must not fail
 * the workflow task, as a promise that nobody awaits would.
 */
function kept<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch((error: unknown) => {
    if (expectedFailure(error) === undefined) throw error;
  });
  return answer;
}
