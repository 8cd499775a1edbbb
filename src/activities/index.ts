import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { agentCard } from '../agents/define-agent';
import type { EngineActivities } from '../contracts/activities';
import { engineVersion, type Manifest, type Policies } from '../contracts/manifest';
import type { Broadcast } from '../contracts/speech';
import { asActivity, type ActivityPolicy } from './as-activity';
import { callAgent, checkOutput, type AgentCalling } from './call-agent';
import { callModel } from './call-model';
import { compactTranscript } from './compact-transcript';
import { citedTexts, withCitedTexts } from './cited-texts';
import { callTool, callToolForModel, checkAnswer, lookUpTool, undoTool, type ToolCalling } from './call-tool';
import { joinParts } from './join-parts';
import { broadcastChats, speakerOf } from './models/broadcast-chat';
import type { ModelCalling } from './models/conversation/model-work';
import { modelsOf } from './models/prefer-models';
import { notify } from './notify';
import { toolCard } from './tools/define-tool';

export interface ActivityOptions extends AgentCalling, ToolCalling, Omit<ModelCalling, 'tools'> {
  readonly policies: Policies;
  /** Where notices of waiting steps are posted. Default: they are only logged. */
  readonly notifyUrl?: string;
  /** Is told what models say, as they say it. Default: nobody is. */
  readonly broadcast?: Broadcast;
}

/** The activities of a worker: every border crossing that the engine makes. */
export function createActivities(options: ActivityOptions): EngineActivities {
  const texts = citedTexts();
  const activity = <Call, Answer>(work: (call: Call) => Promise<Answer>, policy?: ActivityPolicy) =>
    asActivity(withCitedTexts(texts, work), policy);
  return {
    loadManifest: asActivity(() => Promise.resolve(manifestOf(options))),
    callAgent: activity((call) => callAgent(options, call)),
    checkOutput: activity((call) => checkOutput(options, call)),
    callModel: activity((call) => callModel(heard(options, call), call, cancellationSignal())),
    compactTranscript: activity((call) => compactTranscript(heard(options, call), call, cancellationSignal())),
    joinParts: activity((call) => joinParts(options, call)),
    callToolForModel: activity((call) => callToolForModel(options, call), { onCancellation: 'seeThrough' }),
    // A tool may be changing something: whoever undoes it must not overtake it.
    callTool: activity((call) => callTool(options, call), { onCancellation: 'seeThrough' }),
    lookUpTool: activity((call) => lookUpTool(options, call)),
    checkAnswer: activity((call) => Promise.resolve(checkAnswer(options, call))),
    undoTool: activity((call) => undoTool(options, call), { onCancellation: 'seeThrough' }),
    notify: activity((notice) => notify(options.notifyUrl, notice)),
  };
}

/** The same with whoever watches hearing what the model of this activity says. */
function heard(options: ActivityOptions, call: { readonly agent: string; readonly model: string }): ActivityOptions {
  const { chatOf, broadcast } = options;
  const speaker = speakerOf(activityInfo(), { agent: call.agent, model: call.model });
  return { ...options, chatOf: broadcastChats((...asked) => chatOf(...asked), broadcast, speaker) };
}

function manifestOf({ agents, tools, rules, models, policies }: ActivityOptions): Manifest {
  const { workflowId = '', runId: executionId = '' } = activityInfo().workflowExecution ?? {};
  const used = new Set(Object.values(agents).flatMap(modelsOf));
  return {
    engine: engineVersion,
    runId: workflowId,
    executionId,
    agents: Object.fromEntries(Object.entries(agents).map(([name, agent]) => [name, agentCard(name, agent)])),
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, toolCard(name, tool)])),
    rules: Object.keys(rules),
    models: Object.fromEntries(Object.entries(models).filter(([name]) => used.has(name))),
    policies,
  };
}
