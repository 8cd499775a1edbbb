import { activityInfo, Context } from '@temporalio/activity';
import { failure } from '../contracts/failures';
import type { PlannedFault, RehearsedCall } from '../contracts/rehearsal';
import type { Parent } from './parent';

/** A fault, as the calls of a run meet it. Each may throw, or not return for a while. */
export interface Strike {
  /** Before any call of the run. */
  readonly beforeCall: (call: RehearsedCall) => Promise<void>;
  /** After any call was answered. */
  readonly afterCall: (call: RehearsedCall) => void;
  /** Before a tool is to change something. */
  readonly beforeEffect: (call: RehearsedCall) => Promise<void>;
  /** After it has. */
  readonly afterEffect: (call: RehearsedCall, idempotencyKey: string) => Promise<void>;
}

/** A run that goes on although it was cancelled is given this long to say so to the call in flight. */
const cancelledWithinMs = 3_000;
const heartbeatEveryMs = 100;

/** Makes a planned fault happen, at the first pass of its step; later ones are left in peace. */
export function strikeOf(fault: PlannedFault | null, parent: Parent): Strike {
  // The key of the effect that the fault is about, once it is known: a step that is asked anew has another.
  const live: { key?: string; isAnswered?: true; hasStruck?: true } = {};
  const isTarget = ({ step }: RehearsedCall) =>
    fault !== null && fault.kind !== 'signOffRejected' && step === fault.step;
  const struck = async (call: RehearsedCall) => {
    live.hasStruck = true;
    await parent.tell({ type: 'fault', hold: null, call });
  };
  return {
    async beforeCall(call) {
      if (live.isAnswered === undefined || live.hasStruck === true) return;
      if (fault?.kind === 'rejectedLater' || (fault?.kind === 'rejectedAtEnd' && call.step === fault.lastCall)) {
        live.hasStruck = true;
        await heartbeatingUntil(parent.hold({ type: 'fault', call }));
      }
    },
    afterCall(call) {
      if (isTarget(call)) live.isAnswered = true;
    },
    async beforeEffect(call) {
      if (!isTarget(call)) return;
      const isOnce = fault?.kind === 'failsOnce' && live.hasStruck !== true;
      if (!isOnce && fault?.kind !== 'failsBefore') return;
      await struck(call);
      throw failure('ServerUnavailable', `The rehearsal lets ${call.step} fail before it changes anything.`);
    },
    async afterEffect(call, idempotencyKey) {
      if (!isTarget(call)) return;
      live.key ??= idempotencyKey;
      if (live.key !== idempotencyKey) return;
      if (fault?.kind === 'timesOut') {
        await struck(call);
        await heartbeatingUntil(Context.current().cancelled);
      }
      if (live.hasStruck === true) return;
      if (fault?.kind === 'failsAfter') {
        await struck(call);
        throw failure('ServerUnavailable', `The rehearsal loses the answer of ${call.step}.`);
      }
      if (fault?.kind === 'workerDies') await parent.hold({ type: 'fault', call });
      if (fault?.kind === 'cancelled') {
        live.hasStruck = true;
        await heartbeatingUntil(parent.hold({ type: 'fault', call }));
        await heartbeatingUntil(Promise.race([Context.current().cancelled.catch(() => undefined), passed()]));
      }
    },
  };
}

/** Which step the activity that runs now is of; its id is the step's, and after a dot what is done on its account. */
export function callOf(runId: string): RehearsedCall {
  const { activityId, workflowExecution } = activityInfo();
  const { workflowId = runId } = workflowExecution ?? {};
  const [step = activityId] = activityId.split('.');
  return { workflowId, step: [workflowId.slice(runId.length + 1), step].filter(Boolean).join('/') };
}

function passed(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, cancelledWithinMs));
}

/** A call that is held is alive; what its run says to it comes as the answer to a heartbeat. */
async function heartbeatingUntil(held: Promise<unknown>): Promise<void> {
  const context = Context.current();
  const heartbeat = setInterval(() => {
    context.heartbeat();
  }, heartbeatEveryMs);
  try {
    await held;
  } finally {
    clearInterval(heartbeat);
  }
}
