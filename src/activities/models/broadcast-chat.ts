import type { Info } from '@temporalio/activity';
import type { Broadcast, Speaker } from '../../contracts/speech';
import type { ModelCalling } from './conversation/model-work';

type ChatOf = ModelCalling['chatOf'];

/** The way to the models, with what they say told to whoever watches. Nobody watching changes nothing. */
export function broadcastChats(chatOf: ChatOf, broadcast: Broadcast | undefined, speaker: Speaker): ChatOf {
  if (broadcast === undefined) return chatOf;
  return (model, choice) => {
    const chat = chatOf(model, choice);
    return async (request) => {
      const speech = broadcast.begin(speaker);
      try {
        return await chat({ ...request, onText: speech.say });
      } finally {
        speech.end();
      }
    };
  };
}

/** Who speaks in an activity, by the id that the engine gives it: step, attempt at the step, part, and turn. */
export function speakerOf(
  { activityId, attempt, workflowExecution }: Pick<Info, 'activityId' | 'attempt' | 'workflowExecution'>,
  { agent, model }: Pick<Speaker, 'agent' | 'model'>,
): Speaker {
  const [step = activityId, , part = '1', turn = ''] = activityId.split('.');
  return {
    runId: workflowExecution?.workflowId ?? '',
    ...{ call: activityId, step, agent, model, attempt },
    doing: turn.startsWith('compact') ? 'summary' : 'answer',
    part: Math.trunc(Number(part)) || 1,
  };
}
