import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities, type ActivityOptions } from '../activities';
import { codeModel, type CodeContext } from '../activities/models/code-model';
import { noModels } from '../activities/models/no-models';
import { fileArtifactStore } from '../activities/stores/artifact-store';
import { offloadingDataConverter } from '../activities/stores/payload-store';
import { failure } from '../contracts/failures';
import { openParent } from './parent';
import { strikeOf } from './strike';
import { openSystems } from './systems';
import { watchedActivities } from './watched-activities';
import { watchedTools } from './watched-tools';

/** What a rehearsal works with: the project's own catalogues. */
export interface Catalogues extends Pick<ActivityOptions, 'agents' | 'tools' | 'rules'> {
  readonly codeAgents: Readonly<Record<string, (input: never, context: CodeContext) => Promise<unknown>>>;
}

const heartbeatThrottleMs = 100;

/**
 * Works as a worker on a copy of the systems, with the agents' own code and no model, reports what happens to the
 * systems, and lets the fault of its order happen. It ends with the process that started it.
 */
export async function runRehearsalWorker({ agents, tools, rules, codeAgents }: Catalogues): Promise<void> {
  logErrors();
  const parent = openParent();
  const order = await parent.order;
  const { runId, fault } = order;
  const connection = await NativeConnection.connect({ address: order.address });
  const artifacts = fileArtifactStore(order.artifacts);
  const { services, readState } = await openSystems(order, artifacts);
  const strike = strikeOf(fault, parent);
  const code = codeModel(codeAgents, artifacts);
  const activities = createActivities({
    ...noModels,
    agents: Object.fromEntries(Object.entries(agents).map(([name, agent]) => [name, { ...agent, models: ['code'] }])),
    tools: watchedTools(tools, { runId, parent, strike, fault, readState }),
    rules,
    artifacts,
    services,
    policies: order.policies,
    modelOf: (name) => (name === 'code' ? code : noModel(name)),
  });
  const worker = await Worker.create({
    connection,
    namespace: order.namespace,
    taskQueue: order.taskQueue,
    workflowBundle: { codePath: order.workflowBundleFile },
    dataConverter: offloadingDataConverter(artifacts),
    // The time-skipping server waits for ever for a worker that is gone and that had a run in its cache.
    ...(fault?.kind === 'workerDies' ? { maxCachedWorkflows: 0 } : {}),
    maxHeartbeatThrottleInterval: heartbeatThrottleMs,
    defaultHeartbeatThrottleInterval: heartbeatThrottleMs,
    activities: watchedActivities(activities, { parent, strike, runId }),
  });
  parent.onReadState(async () => parent.tell({ type: 'state', state: await readState() }));
  await parent.tell({ type: 'ready', state: await readState() });
  await worker.run();
}

function noModel(name: string): never {
  throw failure('StepFailed', `A rehearsal asks no model, and so not ${name}.`, { name });
}

/** What goes wrong is in the log of this process; what is made to go wrong would fill it. */
function logErrors(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
}
