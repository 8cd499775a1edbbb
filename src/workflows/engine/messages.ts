import { ApplicationFailure, log, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Decision } from '../../contracts/decision';
import type { Failure } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import type { Outcome } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { noUsage } from '../../contracts/usage';
import {
  childGoesOnSignal,
  childHoldsSignal,
  decideSignal,
  decideUpdate,
  grantLeaseSignal,
  journalQuery,
  previewUpdate,
  rejectStepUpdate,
  releasePivotsSignal,
  requestLeaseSignal,
  runViewQuery,
} from '../messages';
import { refusalOf, take } from './decisions';
import type { Execution } from './execution';
import type { Pass } from './pass';
import { previewOf } from './preview';
import { takeLease } from './leases';
import { forgetHoldingChild, noteHoldingChild, takeLeave } from './release';
import { answered, refusalOfPreview, refusalOfRejection, takeRejection } from './rejections';
import { viewOf, waitingSteps } from './view';

/** Refused signals that the view lists. */
const refusalsShownMax = 20;

/** What messages are answered from; filled in as the execution begins and ends. */
export interface Live {
  execution?: Execution;
  /** The journal that the execution goes on with, also when it cannot begin. */
  readonly before: readonly JournalEntry[];
  outcome?: Outcome;
  /** Runs the process function over a dry pass. */
  runDry?: (pass: Pass) => void;
}

/** Sets every message handler: within the first activation, so that none that comes early fails. */
export function answerMessages(process: ProcessDescription, live: Live): void {
  setHandler(
    decideUpdate,
    (decision) => {
      return take(begun(live), decision);
    },
    {
      description: 'Decides a step that waits for a person.',
      validator: (decision) => {
        refuseWith(refusalOf(live.execution, decision));
      },
    },
  );
  setHandler(rejectStepUpdate, (rejection) => takeRejection(begun(live), rejection), {
    description: 'Rejects an answered step: what came from it is undone and done again.',
    validator: (rejection) => {
      refuseWith(refusalOfRejection(live.execution, rejection));
    },
  });
  setHandler(
    previewUpdate,
    ({ reject }) => {
      const execution = begun(live);
      return previewOf(execution, answered(execution, reject), live.runDry ?? (() => undefined));
    },
    {
      description: 'What a rejection of a step would undo and ask again, at most.',
      validator: (request) => {
        refuseWith(refusalOfPreview(live.execution, request));
      },
    },
  );
  const signal = (decision: Decision) => {
    takeOrList(live.execution, decision);
  };
  setHandler(decideSignal, signal, { description: 'The same for callers without Updates.' });
  answerFamily(live);
  const view = () => {
    if (live.execution !== undefined) return viewOf(live.execution, stateOf(live.execution, live.outcome));
    return viewBeforeStart(process);
  };
  setHandler(journalQuery, () => live.execution?.journal.entries ?? live.before, {
    description: 'The whole journal: what a fork or a repair begins with.',
  });
  setHandler(runViewQuery, view, { description: 'The run as `counterpoint show` prints it.' });
}

/** What a parent and its children tell each other. */
function answerFamily(live: Live): void {
  setHandler(
    childHoldsSignal,
    (step, held, hold) => {
      if (live.execution !== undefined) noteHoldingChild(live.execution, step, { held, hold });
    },
    { description: 'A child’s pivots wait until this run is quiet.' },
  );
  setHandler(
    childGoesOnSignal,
    (step, hold) => {
      if (live.execution !== undefined) forgetHoldingChild(live.execution, step, hold);
    },
    { description: 'A child’s pivots no longer wait: something in it goes on.' },
  );
  setHandler(
    requestLeaseSignal,
    (step, request) => {
      const child = live.execution?.leasedChildren.get(step);
      if (child !== undefined) child.request = request;
    },
    { description: 'A child needs more of this run’s budget than it was given.' },
  );
  setHandler(
    grantLeaseSignal,
    (lease) => {
      if (live.execution !== undefined) takeLease(live.execution, lease);
    },
    { description: 'What the parent lets this run spend in all.' },
  );
  setHandler(
    releasePivotsSignal,
    (hold) => {
      if (live.execution !== undefined) takeLeave(live.execution, hold);
    },
    { description: 'The parent is quiet: this run’s pivots may happen.' },
  );
}

function begun({ execution }: Live): Execution {
  if (execution === undefined) throw new Error('Expected the validator to refuse what comes before the start.');
  return execution;
}

function refuseWith(refusal: Failure | undefined): void {
  if (refusal !== undefined) throw crossing(refusal);
}

/** The SDK would name a failure after its class: only this keeps its type on the way to the client. */
function crossing({ type, message, details }: Failure): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });
}

function takeOrList(execution: Execution | undefined, decision: Decision): void {
  const refusal = refusalOf(execution, decision);
  if (refusal === undefined && execution !== undefined) {
    take(execution, decision);
    return;
  }
  log.warn('A decision that came as a signal was refused.', { reason: refusal?.message ?? 'The run has not started.' });
  execution?.refused.push(refusal?.message ?? '');
  if (execution !== undefined && execution.refused.length > refusalsShownMax) execution.refused.shift();
}

function stateOf(execution: Execution, outcome: Outcome | undefined) {
  return (
    outcome ??
    (execution.needsRepair ? 'needsRepair' : undefined) ??
    (waitingSteps(execution).length > 0 ? 'waiting' : 'running')
  );
}

function viewBeforeStart({ name, version, owner, budget }: ProcessDescription) {
  const { workflowId, startTime } = workflowInfo();
  const startedAt = startTime.getTime();
  return {
    ...{ runId: workflowId, process: name, version, owner, budget, startedAt },
    ...{ state: 'running' as const, usage: noUsage, steps: [], waiting: [], refused: [], ...noPass },
  };
}

const noPass = { pass: 0, held: [], heldBy: [] };
