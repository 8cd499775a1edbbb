import { join } from 'node:path';
import { activityInfo, type Info } from '@temporalio/activity';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { bundleWorkflows } from '../../src/build/bundle';
import { createActivities } from '../../src/activities';
import type { AnyAgent } from '../../src/activities/hold-output';
import { codeModel, type CodeContext } from '../../src/activities/models/code-model';
import { noModels } from '../../src/activities/models/no-models';
import { mailer } from '../../src/activities/outside/mailer';
import { paymentProvider } from '../../src/activities/outside/payment-provider';
import type { Services } from '../../src/activities/services';
import type { ArtifactStore } from '../../src/activities/stores/artifact-store';
import type { Policies } from '../../src/contracts/manifest';
import type { ToolDefinition } from '../../src/activities/tools/define-tool';
import { registerSearchAttributes } from '../../src/client/register-search-attributes';
import { workerDeployment } from '../../src/contracts/worker-deployment';
import { searchAttributes } from '../../src/contracts/search-attributes';
import type { Process } from '../../src/workflows/engine/run';
import { agents, rules, tools } from './catalogue';
import { noDatabase } from './no-database';

/** What the agents of one test answer, and what they were asked. */
export interface World {
  readonly asked: string[];
  /** Replaces an agent's answer; the default writer writes about its topic. */
  readonly agents: Record<string, (input: never, context: CodeContext) => Promise<unknown>>;
  readonly tools: Record<string, ToolDefinition>;
  /** Read when a run begins, so a test may change them between runs. */
  policies: Partial<Policies>;
  /** The agents' definitions, which a test may change. */
  readonly definitions: Record<string, AnyAgent>;
  /** The way to the models. Default: no model is asked. */
  readonly models: typeof noModels;
  /** Manifests are written as they were before agents could use models. Default: as they are now. */
  isBeforeModels?: true;
  /** What a worker waits for before it takes up a call of a tool. Default: nothing. */
  beforeTool?: (call: Pick<Info, 'activityId' | 'workflowExecution'>) => Promise<void>;
  /** Where notices are posted. Default: nowhere. */
  notifyUrl?: string;
}

export function newWorld(): World {
  const asked: string[] = [];
  const write =
    (name: string) =>
    (input: { topic: string }, { feedback }: CodeContext) => {
      asked.push([name, input.topic, ...feedback].join(' | '));
      return Promise.resolve({ text: `<${input.topic}>` });
    };
  return {
    asked,
    agents: {
      writer: write('writer'),
      understudy: write('understudy'),
      soloist: write('soloist'),
      critic: () => Promise.resolve({ verdict: 'accept' }),
    },
    tools: { ...tools },
    definitions: { ...agents },
    models: noModels,
    policies: {},
  };
}

export type RunHandle<Input = never, Output = unknown> = WorkflowHandleWithFirstExecutionRunId<Process<Input, Output>>;

export interface Engine {
  readonly client: Client;
  readonly environment: TestWorkflowEnvironment;
  /** Works with a worker on a task queue of its own for as long as the given function runs. */
  withWorker<Result>(world: World, work: (taskQueue: string) => Promise<Result>): Promise<Result>;
  /** The same on a task queue that another worker served before. */
  withWorkerOn<Result>(taskQueue: string, world: World, work: () => Promise<Result>): Promise<Result>;
  /** Starts a run under an id of its own. */
  start<Input, Output>(
    process: Process<Input, Output>,
    taskQueue: string,
    input: Input,
  ): Promise<RunHandle<Input, Output>>;
  stop(): Promise<void>;
}

const noArtifacts: ArtifactStore = {
  put: () => Promise.reject(new Error('These tests store no artifacts.')),
  get: () => Promise.reject(new Error('These tests store no artifacts.')),
};
/** What tests have that reach no systems. */
export const noServices: Services = {
  artifacts: noArtifacts,
  matters: {
    file: () => Promise.reject(new Error('These tests file nothing.')),
    find: () => Promise.resolve(undefined),
    withdraw: () => Promise.resolve(),
  },
  database: noDatabase,
  payments: paymentProvider(undefined),
  mailer: mailer(undefined),
  reports: {
    write: () => Promise.reject(new Error('These tests write no reports.')),
    find: () => Promise.resolve(undefined),
    withdraw: () => Promise.resolve(),
  },
  playbookFile: '',
};

/** A Temporal server, time-skipping unless a real one is asked for, and the engine's test processes on it. */
export async function startEngine({ isReal = false } = {}): Promise<Engine> {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger });
  const environment = await (isReal ? startDevServer() : startTestServer());
  const workflowBundle = await bundleWorkflows(join(__dirname, 'processes.ts'), logger);
  let queues = 0;
  let runs = 0;
  const withWorkerOn: Engine['withWorkerOn'] = async (taskQueue, world, work) => {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      workflowBundle,
      activities: activitiesOf(world),
      workerDeploymentOptions: workerDeployment,
    });
    return worker.runUntil(work);
  };
  return {
    client: environment.client,
    environment,
    withWorker(world, work) {
      const taskQueue = `engine-${++queues}`;
      return withWorkerOn(taskQueue, world, () => work(taskQueue));
    },
    withWorkerOn,
    start: (process, taskQueue, input) =>
      environment.client.workflow.start<Process<typeof input, unknown>>(process, {
        taskQueue,
        workflowId: `${process.description.name}-${++runs}`,
        args: [input],
      }) as never, // the process's own types, which a generic call loses
    stop: () => environment.teardown(),
  };
}

async function startTestServer(): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: pathOf('TEMPORAL_TEST_SERVER_PATH') } },
  });
  // This server can add search attributes but not list them.
  const types = { KEYWORD: 2, KEYWORD_LIST: 7 };
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map(({ name, type }) => [name, types[type]])),
  });
  return environment;
}

async function startDevServer(): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: pathOf('TEMPORAL_CLI_PATH') } },
  });
  await registerSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return environment;
}

/** Where the global setup put an executable. */
export function pathOf(variable: string): string {
  const path = process.env[variable];
  if (path === undefined) throw new Error(`Expected the global setup to have set ${variable}.`);
  return path;
}

function activitiesOf(world: World): NonNullable<WorkerOptions['activities']> {
  const code = codeModel(world.agents, noArtifacts);
  const activities = createActivities({
    ...world.models,
    agents: world.definitions,
    rules,
    artifacts: noArtifacts,
    tools: world.tools,
    services: noServices,
    modelOf: () => code,
    get policies() {
      return { sameQuestionMax: 50, reworkRoundsMax: 25, ...world.policies };
    },
    ...(world.notifyUrl === undefined ? {} : { notifyUrl: world.notifyUrl }),
  });
  const loadManifest = async () => {
    const { models, ...others } = await activities.loadManifest();
    return world.isBeforeModels === true || models === undefined ? others : { ...others, models };
  };
  const callTool: typeof activities.callTool = async (call) => {
    await world.beforeTool?.(activityInfo());
    return activities.callTool(call);
  };
  return { ...activities, loadManifest, callTool };
}

/** Reads until what is read is as expected; bounded by the test's own timeout. */
export async function until<View>(read: () => Promise<View>, isIt: (view: View) => boolean): Promise<View> {
  for (;;) {
    const view = await read();
    if (isIt(view)) return view;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The histories of a run's executions, in order: each continued as new into the next. */
export async function executionsOf(handle: StartedRun): Promise<History[]> {
  const histories: History[] = [];
  let runId: string | null | undefined = handle.firstExecutionRunId;
  while (typeof runId === 'string' && runId !== '') {
    const history = await handle.client.getHandle(handle.workflowId, runId).fetchHistory();
    histories.push(history);
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

type StartedRun = Pick<RunHandle, 'client' | 'workflowId' | 'firstExecutionRunId'>;

const { EventType } = temporal.api.enums.v1;

/**
 * Waits until a run has nothing left to do but wait, after a number of executions if one is given. It reads histories:
 * the time-skipping server loses its way when a query meets a run that is just being continued as new, and when an
 * activity that is just ending is cancelled.
 */
export async function untilIdle(handle: StartedRun, executionsCount?: number): Promise<void> {
  await until(
    () => executionsOf(handle),
    (histories) => (executionsCount ?? histories.length) === histories.length && isIdle(histories.at(-1)),
  );
}

function isIdle(history: History | undefined): boolean {
  const types = (history?.events ?? []).map(({ eventType }) => Number(eventType));
  const count = (...counted: number[]) => types.filter((type) => counted.includes(type)).length;
  const calls = count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
  const ended = count(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
  // What only waits, or tells, is the last to be written after the task that decided it.
  const afterTask: number[] = [
    EventType.EVENT_TYPE_MARKER_RECORDED,
    EventType.EVENT_TYPE_TIMER_STARTED,
    EventType.EVENT_TYPE_TIMER_CANCELED,
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
  ];
  const last: number | undefined = types.findLast((type) => !afterTask.includes(type));
  return last === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED && calls === ended;
}
