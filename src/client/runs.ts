import { randomUUID } from 'node:crypto';
import {
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { defineSearchAttributeKey, type QueryDefinition } from '@temporalio/common';
import { failure } from '../contracts/failures';
import type { ProcessDescription } from '../contracts/process';
import type { RunResult } from '../contracts/outcome';
import type { JournalEntry } from '../contracts/journal';
import type { RunView, WaitingView } from '../contracts/run-view';
import { searchAttributes } from '../contracts/search-attributes';
import { journalQuery, runViewQuery } from '../workflows/messages';
import type { Inheritance } from '../workflows/engine/execution';
import { doesNotAnswer, isAway } from './away';
import { ifRejected, type IfRejected } from './if-rejected';
import { assertFits } from './read-input';
import { reasonOf } from './up/reason';

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
  /** The run that this one begins with the journal of. Default: none. */
  readonly after?: TakenOver;
}

/** What a fork or a repair takes over from another run, and from which of its executions in Temporal. */
export interface TakenOver {
  readonly inheritance: Inheritance;
  readonly executionId: string;
}

/** The memo in which a run that took over a journal says from which run, and from which of its executions. */
export const takenOverMemo = 'takenOverFrom';

/** Whatever a shell, a query and a file name take as it is. */
const runIdShape = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;
/** More runs than these are not listed. */
export const runsListedMax = 1_000;
/** A run that can answer does so within this time. */
const answerWithinMs = 10_000;
const isRun = `${searchAttributes.process.name} IS NOT NULL AND ExecutionStatus != 'ContinuedAsNew'`;

/**
 * Starts a run after holding its input against the process's schema. A repair goes on under the id of a run that has
 * ended; any other id must be new.
 *
 * @returns the run's id
 * @throws `InvalidInput` when the input does not fit or a run of this id exists
 */
export async function startRun(
  client: Client,
  { process, input, taskQueue, runId, about, after }: StartOptions,
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
      args: after === undefined ? [input] : [input, after.inheritance],
      ...(after === undefined ? {} : { memo: memoOf(after) }),
      workflowIdReusePolicy: after?.inheritance.as === 'repair' ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
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

function memoOf({ inheritance: { from }, executionId }: TakenOver) {
  return { [takenOverMemo]: { run: from, execution: executionId } };
}

/**
 * A run as it stands, also after its end.
 *
 * @throws `RunNotFound`; `ServerUnavailable` when it is there and does not answer
 */
export function viewRun(client: Client, runId: string): Promise<RunView> {
  return queryRun(client, runId, runViewQuery);
}

/**
 * A run's whole journal, also after its end.
 *
 * @throws `RunNotFound`; `ServerUnavailable` when it is there and does not answer
 */
export function journalOf(client: Client, runId: string): Promise<readonly JournalEntry[]> {
  return queryRun(client, runId, journalQuery);
}

/**
 * The entry of a step in a run's journal.
 *
 * @throws `InvalidInput` when the run has no such step
 */
export function entryOf(entries: readonly JournalEntry[], runId: string, step: string): JournalEntry {
  const entry = entries.find((one) => one.step === step);
  if (entry !== undefined) return entry;
  throw failure(
    'InvalidInput',
    `The run ${runId} has no step ${step}. \`counterpoint show ${runId}\` lists its steps.`,
    { runId, step },
  );
}

async function queryRun<Answer>(client: Client, runId: string, query: QueryDefinition<Answer>): Promise<Answer> {
  try {
    return await withinTime(client, () => client.workflow.getHandle(runId).query(query));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw runNotFound(runId);
    if (!(error instanceof QueryNotRegisteredError) && !isAway(error)) throw error;
    await describeRun(client, runId);
    throw doesNotAnswer(runId);
  }
}

function withinTime<T>(client: Client, call: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + answerWithinMs, call);
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
      `The run ${runId} has no outcome: Temporal says that it is ${how}. Nothing that it did was undone. \`counterpoint repair ${runId}\` goes on from what still holds; look at it in the Temporal UI.`,
      { runId, status: status.name },
    );
  }
  return client.workflow.getHandle<() => Promise<RunResult>>(runId).result();
}

/** What Temporal says of a run's latest execution: `RUNNING`, `COMPLETED`, … @throws `RunNotFound` */
export async function statusOf(client: Client, runId: string): Promise<string> {
  const { status } = await describeRun(client, runId);
  return status.name;
}

/** What Temporal knows of a run's latest execution. @throws `RunNotFound` */
export async function describeRun(client: Client, runId: string) {
  try {
    return await withinTime(client, () => client.workflow.getHandle(runId).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw runNotFound(runId);
    throw error;
  }
}

/** Runs, newest first. */
export interface RunList {
  readonly runs: readonly RunSummary[];
  /** Whether there are more than were listed. */
  readonly isCut: boolean;
}

/** Runs, `runsListedMax` at most; `filter` is a visibility query in Temporal's own words. */
export async function listRuns(client: Client, filter?: string): Promise<RunList> {
  const runs: RunSummary[] = [];
  let isCut = false;
  const query = filter === undefined ? isRun : `${isRun} AND (${filter})`;
  for await (const info of client.workflow.list({ query })) {
    isCut = runs.length === runsListedMax;
    if (isCut) break;
    runs.push(summaryOf(info));
  }
  // The server lists running ones first.
  runs.sort((one, other) => other.startedAt.localeCompare(one.startedAt));
  // A run that was repaired has ended before, too: it is listed as it stands.
  const newest = new Map([...runs].reverse().map((run) => [run.runId, run]));
  return { runs: runs.filter((run) => newest.get(run.runId) === run), isCut };
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

/** The steps that wait for a person, with their runs. */
export interface WaitingList {
  readonly waiting: readonly (WaitingView & { readonly runId: string; readonly ifRejected: IfRejected })[];
  /** Why the steps of a run are not among them, for each run that could not be asked. */
  readonly unanswered: readonly string[];
  /** Whether more runs wait than were asked. */
  readonly isCut: boolean;
}

/** Every step that waits for a person. A run that does not answer hides no other. */
export async function listWaiting(client: Client): Promise<WaitingList> {
  const filter = `${searchAttributes.state.name} = 'waiting' AND ExecutionStatus = 'Running'`;
  const { runs, isCut } = await listRuns(client, filter);
  const views = await Promise.allSettled(runs.map(({ runId }) => viewRun(client, runId)));
  return {
    waiting: views.flatMap((view) => (view.status === 'rejected' ? [] : withRun(view.value))),
    unanswered: views.flatMap((view, index) =>
      view.status === 'rejected' ? [`${runs[index]?.runId ?? ''}: ${reasonOf(view.reason)}`] : [],
    ),
    isCut,
  };
}

function withRun(view: RunView) {
  return view.waiting.map((step) => ({ runId: view.runId, ...step, ifRejected: ifRejected(view) }));
}

/**
 * Asks a run to stop: it settles what is in flight, undoes all it did, newest first, and ends.
 *
 * @returns whether it was asked; not so when it has ended already
 * @throws `RunNotFound`
 */
export async function cancelRun(client: Client, runId: string): Promise<boolean> {
  const { status } = await describeRun(client, runId);
  if (status.name !== 'RUNNING') return false;
  await client.workflow.getHandle(runId).cancel();
  return true;
}

/** There is no such run, as a failure. */
export function runNotFound(runId: string) {
  return failure(
    'RunNotFound',
    `There is no run ${runId} here. \`counterpoint runs\` lists those there are; runs of another data folder are found with \`--data\`.`,
    {
      runId,
    },
  );
}
