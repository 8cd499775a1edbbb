import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import {
  decodeFromPayloadsAtIndex,
  extstoreInboundOptions,
  visit,
  walkGetWorkflowExecutionHistoryResponse,
} from '@temporalio/common/lib/internal-non-workflow';
import type { History } from '@temporalio/common/lib/proto-utils';
import { isCitedCall } from '../contracts/citation';
import { withTextsOf } from './cited-texts';
import { grpcStatusOf } from './grpc-status';
import { runNotFound, takenOverMemo } from './runs';

type HistoryEvent = NonNullable<History['events']>[number];

/** More executions of a run, and of those that it took over from, are not read. */
const executionsMax = 500;

/** One workflow execution in Temporal; the latest of the run when no execution is named. */
interface Execution {
  readonly run: string;
  readonly execution?: string;
}

/** The inputs of steps as the history recorded them, by the steps' names. */
export interface RecordedInputs {
  readonly inputs: ReadonlyMap<string, unknown>;
  /** Whether every execution that the run went through was still there to be read. */
  readonly isWhole: boolean;
}

/**
 * The input that a run was started with.
 *
 * @throws `RunNotFound`
 */
export async function inputOf(client: Client, runId: string, executionId: string): Promise<unknown> {
  const { namespace } = client.options;
  const response = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId: runId, runId: executionId },
    maximumPageSize: 1,
  });
  const [started] = response.history?.events ?? [];
  const payloads = started?.workflowExecutionStartedEventAttributes?.input?.payloads;
  if (payloads === undefined || payloads === null) throw runNotFound(runId);
  // What else a run was started with, another's journal for one, is not needed here.
  return decoded(client, payloads.slice(0, 1));
}

/**
 * What every step of a run was asked with: the arguments of its calls and child runs, through all executions of the run
 * and of those that it was forked from or repairs. What a person was asked is in the journal.
 *
 * @throws `RunNotFound`
 */
export async function inputsOf(client: Client, runId: string): Promise<RecordedInputs> {
  const inputs = new Map<string, unknown>();
  let next: Execution | undefined = { run: runId };
  for (let read = 0; next !== undefined && read < executionsMax; read++) {
    const events = await eventsOf(client, next);
    if (events === undefined && read === 0) throw runNotFound(runId);
    if (events === undefined) return { inputs, isWhole: false };
    const answersOf = answersIn(client, events);
    for (const { step, payloads, isCall } of events.flatMap((event) => asked(next?.run ?? runId, event))) {
      if (inputs.has(step)) continue; // a later attempt is asked with the same
      const argument = await decoded(client, payloads);
      inputs.set(step, isCall ? await inputOfCall(answersOf, argument) : argument);
    }
    next = await before(client, next, events[0]);
  }
  return { inputs, isWhole: next === undefined };
}

/** The events of an execution; nothing when the server no longer keeps it. */
async function eventsOf(client: Client, { run, execution }: Execution): Promise<HistoryEvent[] | undefined> {
  try {
    return (await client.workflow.getHandle(run, execution).fetchHistory()).events ?? [];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || grpcStatusOf(error) === notFound) return undefined;
    throw error;
  }
}

/** gRPC's number for what is not there. */
const notFound = 5;

interface AskedWith {
  readonly step: string;
  readonly payloads: readonly Payload[];
  /** Whether it is a call, which carries the step's input; a child run is started with its input itself. */
  readonly isCall: boolean;
}

/** An activity is named after its step, a further attempt also by its number; a child run after its parent and its step. */
function asked(run: string, event: HistoryEvent): AskedWith[] {
  const { activityTaskScheduledEventAttributes: call, startChildWorkflowExecutionInitiatedEventAttributes: child } =
    event;
  const step = /^([^.]+-\d+)(?:\.\d+)?$/.exec(call?.activityId ?? '')?.[1];
  if (step !== undefined) return [{ step, payloads: call?.input?.payloads ?? [], isCall: true }];
  const prefix = `${run}.`;
  if (child?.workflowId?.startsWith(prefix) !== true) return [];
  return [{ step: child.workflowId.slice(prefix.length), payloads: child.input?.payloads ?? [], isCall: false }];
}

/** The input that a call carries, with the texts that it cites. */
async function inputOfCall(answersOf: AnswersOf, recorded: unknown): Promise<unknown> {
  const call = isCitedCall(recorded) ? await withTextsOf(answersOf, recorded.$cited) : recorded;
  return typeof call === 'object' && call !== null && 'input' in call ? call.input : call;
}

/** What all activities of an id answered: a call whose size was estimated too low is made again under its own. */
type AnswersOf = (activityId: string) => Promise<unknown[]>;

/** The answers in the history of an execution, each fetched once, when it is first wanted. */
function answersIn(client: Client, events: readonly HistoryEvent[]): AnswersOf {
  const activityIds = new Map<string, string>();
  const answers = new Map<string, (readonly Payload[])[]>();
  for (const { eventId, ...event } of events) {
    const { activityTaskScheduledEventAttributes: asking, activityTaskCompletedEventAttributes: answered } = event;
    if (asking?.activityId != null) activityIds.set(String(eventId), asking.activityId);
    const activityId = activityIds.get(String(answered?.scheduledEventId));
    if (activityId === undefined) continue;
    answers.set(activityId, [...(answers.get(activityId) ?? []), answered?.result?.payloads ?? []]);
  }
  const fetched = new Map<string, Promise<unknown[]>>();
  return (activityId) => {
    const fetching =
      fetched.get(activityId) ??
      Promise.all((answers.get(activityId) ?? []).map((payloads) => decoded(client, payloads)));
    fetched.set(activityId, fetching);
    return fetching;
  };
}

/** The execution that this one continues, or the one whose journal it took over. */
async function before(client: Client, { run }: Execution, started: HistoryEvent | undefined) {
  const { continuedExecutionRunId, memo } = started?.workflowExecutionStartedEventAttributes ?? {};
  if (typeof continuedExecutionRunId === 'string' && continuedExecutionRunId !== '') {
    return { run, execution: continuedExecutionRunId };
  }
  const takenOver = memo?.fields?.[takenOverMemo];
  return takenOver === undefined ? undefined : ((await decoded(client, [takenOver])) as Execution); // as it was started
}

/** The first of some payloads as a value, fetched from the store of large values when it lies there. */
async function decoded(client: Client, payloads: readonly Payload[]): Promise<unknown> {
  const { loadedDataConverter } = client.options;
  const found = { payloads: [...payloads.slice(0, 1)] };
  const response = { history: { events: [{ workflowExecutionStartedEventAttributes: { input: found } }] } };
  await visit(
    response,
    walkGetWorkflowExecutionHistoryResponse,
    extstoreInboundOptions(loadedDataConverter.externalStorage),
  );
  return decodeFromPayloadsAtIndex<unknown>(loadedDataConverter, 0, found.payloads);
}
