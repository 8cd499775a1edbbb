import type { ProcessDescription } from '../../contracts/process';
import { askAgent } from './agent-step';
import { askApproval } from './approval-step';
import type { Execution } from './execution';
import type { Gate } from './gates';
import { mapBounded } from './map';
import { askProcess } from './process-step';
import type { Catalogue, Run } from './run';
import { askNow, askSleep, askUuid } from './time-steps';
import { askTool } from './tool-step';

/** The run that a process function is given: each call becomes a step of this execution. */
export function runOf<C extends Catalogue>(execution: Execution): Run<C> {
  const steps = {
    agent: (name: string, input: unknown, options: { about?: string; gates?: readonly Gate[] } = {}) =>
      askAgent(execution, { name, input, about: '', gates: [], ...options }),
    tool: (name: string, input: unknown, { about = '' }: { about?: string } = {}) =>
      askTool(execution, { name, input, about }),
    approval: async (name: string, { edit, ...options }: Parameters<Run<C>['approval']>[1]) => {
      const decided = await askApproval(execution, {
        name,
        about: '',
        offers: edit === undefined ? ['approve', 'reject', 'reassign'] : ['approve', 'edit', 'reject', 'reassign'],
        ...options,
        ...(edit === undefined ? {} : { editSchema: edit }),
      });
      const { decision, value, actor, role, comment, at } = decided;
      return { decision, value, actor, role, comment, decidedAt: at };
    },
    process: (
      { description }: { description: ProcessDescription },
      input: unknown,
      { about = '' }: { about?: string } = {},
    ) => askProcess(execution, { process: description, input, about }),
    map: (items, work, { concurrencyMax } = {}) => mapBounded(items, work, concurrencyMax),
    sleep: (durationMs, { about = '' } = {}) => askSleep(execution, durationMs, about),
    now: () => askNow(execution),
    uuid: () => askUuid(execution),
    leaveOut: (what, why) => {
      execution.leftOut.push({ what, why });
    },
  } satisfies Omit<Run<C>, 'agent' | 'tool' | 'approval' | 'process'> & Record<string, unknown>;
  return steps as unknown as Run<C>; // names become types here: the catalogue's schemas held the answers already
}
