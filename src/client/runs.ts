import { randomUUID } from 'node:crypto';
import {
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { ApplicationFailure, defineSearchAttributeKey } from '@temporalio/common';
import type { Decision, DecisionReceipt } from '../contracts/decision';
import { failure } from '../contracts/failures';
import type { ProcessDescription } from '../contracts/process';
import type { RunResult } from '../contracts/outcome';
import type { RunView, WaitingView } from '../contracts/run-view';
import { searchAttributes } from '../contracts/search-attributes';
import { decideUpdate, runViewQuery } from '../workflows/messages';
import { assertFits } from './read-input';

/** A run in a list. `state` is `running`, `waiting`, an outcome, or what Temporal says of a run that was terminated. */
export interface RunSummary {
  readonly runId: string;
  readonly process: string;
  readonly version: string;
  readonly owner: string;
  readonly state: string;
  readonly waitingRoles: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface StartOptions {
  readonly process: ProcessDescription;
  readonly input: unknown;
  readonly taskQueue: string;
  /** Default: the process's name and a random number. The same id twice starts nothing twice. */
  readonly runId?: string;
  /** What the run is about, for the list in the Temporal UI. */
  readonly about: string;
}

/** Whatever a shell, a query and a file name take as it is. */
const runIdShape = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;
const runsShownMax = 1_000;
const isRun = `${searchAttributes.process.name} IS NOT NULL AND ExecutionStatus != 'ContinuedAsNew'`;

/**
 * Starts a run after holding its input against the process's schema.
 *
 * @returns the run's id
 * @throws `InvalidInput` when the input does not fit or a run of this id exists
 */
export async function startRun(
  client: Client,
  { process, input, taskQueue, runId, about }: StartOptions,
): Promise<string> {
  assertFits(process, input);
  const workflowId = runId ?? `${process.name}-${randomUUID().slice(0, 8)}`;
  if (!runIdShape.test(workflowId)) {
    throw failure(
      'InvalidInput',
      'A run’s id has 1 to 200 letters, digits, dots, dashes, underscores, colons or slashes.',
    );
  }
  try {
    await client.workflow.start(process.name, {
      workflowId,
      taskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: about.slice(0, 160),
      staticDetails: `${process.objective}\n\nOwner: ${process.owner}. Version: ${process.version}.`,
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WorkflowExecutionAlreadyStartedError') throw error;
    throw failure(
      'InvalidInput',
      `A run ${workflowId} exists already. Look at it with \`show\`, or choose another id.`,
    );
  }
  return workflowId;
}

/**
 * A run as it stands, also after its end.
 *
 * @throws `RunNotFound`
 */
export async function viewRun(client: Client, runId: string): Promise<RunView> {
  try {
    return await client.workflow.getHandle(runId).query(runViewQuery);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError) throw runNotFound(runId);
    throw error;
  }
}

/**
 * What a run came to; nothing when it has not ended. Never waits.
 *
 * @throws `NoOutcome` when it was ended from outside, before it could come to anything; `RunNotFound`
 */
export async function resultOfRun(client: Client, runId: string): Promise<RunResult | undefined> {
  const { status } = await describeRun(client, runId);
  if (status.name === 'RUNNING') return undefined;
  if (status.name !== 'COMPLETED') {
    const how = status.name.toLowerCase().replace('_', ' ');
    throw failure(
      'NoOutcome',
      `The run ${runId} has no outcome: Temporal says that it is ${how}. Nothing that it did was undone; look at it in the Temporal UI.`,
      { runId, status: status.name },
    );
  }
  return client.workflow.getHandle<() => Promise<RunResult>>(runId).result();
}

/** @throws `RunNotFound` */
async function describeRun(client: Client, runId: string) {
  try {
    return await client.workflow.getHandle(runId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw runNotFound(runId);
    throw error;
  }
}

/** Runs, newest first; `filter` is a visibility query in Temporal's own words. */
export async function listRuns(client: Client, filter?: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  const query = filter === undefined ? isRun : `${isRun} AND (${filter})`;
  for await (const info of client.workflow.list({ query })) {
    runs.push(summaryOf(info));
    if (runs.length === runsShownMax) break;
  }
  // The server lists running ones first.
  return runs.sort((one, other) => other.startedAt.localeCompare(one.startedAt));
}

function summaryOf({
  workflowId,
  typedSearchAttributes,
  status,
  startTime,
  closeTime,
}: WorkflowExecutionInfo): RunSummary {
  const read = (attribute: 'process' | 'version' | 'owner' | 'state') =>
    typedSearchAttributes.get(defineSearchAttributeKey(searchAttributes[attribute].name, 'KEYWORD')) ?? '';
  const { waitingRoles } = searchAttributes;
  const isAsTold = status.name === 'RUNNING' || status.name === 'COMPLETED';
  return {
    runId: workflowId,
    process: read('process'),
    version: read('version'),
    owner: read('owner'),
    state: isAsTold ? read('state') : status.name.toLowerCase(),
    waitingRoles: typedSearchAttributes.get(defineSearchAttributeKey(waitingRoles.name, waitingRoles.type)) ?? [],
    startedAt: startTime.toISOString(),
    endedAt: closeTime?.toISOString() ?? null,
  };
}

/** Every step that waits for a person, with its run. */
export async function listWaiting(client: Client): Promise<(WaitingView & { readonly runId: string })[]> {
  const waiting = await listRuns(client, `${searchAttributes.state.name} = 'waiting' AND ExecutionStatus = 'Running'`);
  const views = await Promise.all(waiting.map(({ runId }) => viewRun(client, runId)));
  return views.flatMap(({ runId, waiting: steps }) => steps.map((step) => ({ runId, ...step })));
}

/**
 * Decides a waiting step.
 *
 * @throws `DecisionRefused` with the reason; `RunNotFound`
 */
export async function decide(client: Client, runId: string, decision: Decision): Promise<DecisionReceipt> {
  try {
    return await client.workflow.getHandle(runId).executeUpdate(decideUpdate, { args: [decision] });
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw failure('DecisionRefused', error.cause.message, { runId, step: decision.step });
    }
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const ended = await describeRun(client, runId);
    throw failure('DecisionRefused', `The decision was refused. The run ${runId} has ended (${ended.status.name}).`, {
      runId,
    });
  }
}

/** Asks a run to stop, undo what it can, and end. @throws `RunNotFound` */
export async function cancelRun(client: Client, runId: string): Promise<void> {
  const { status } = await describeRun(client, runId);
  if (status.name !== 'RUNNING') return;
  await client.workflow.getHandle(runId).cancel();
}

function runNotFound(runId: string) {
  return failure('RunNotFound', `There is no run ${runId} in this namespace. \`counterpoint runs\` lists them.`, {
    runId,
  });
}
