import type * as z from 'zod/mini';
import { Decision, type DecisionReceipt } from '../../contracts/decision';
import { failure, type Failure } from '../../contracts/failures';
import { issuesOf } from '../../contracts/issues';
import type { JournalEntry } from '../../contracts/journal';
import { reworks, type Execution } from './execution';
import { refusalOfBlame } from './rejections';
import { tellState } from './story';
import { isStillAsked } from './view';

export type EditSchema = z.ZodMiniType;

/** Schemas are code: they are not in the journal, and each execution registers them again as it asks. */
const editSchemas = new WeakMap<Execution, Map<string, EditSchema>>();

export function registerEditSchema(execution: Execution, step: string, schema: EditSchema | undefined): void {
  const ofExecution = editSchemas.get(execution) ?? new Map<string, EditSchema>();
  if (schema !== undefined) ofExecution.set(step, schema);
  editSchemas.set(execution, ofExecution);
}

/** Why a decision cannot be taken, or nothing. It changes nothing, so a validator may ask: a refusal costs no history. */
export function refusalOf(execution: Execution | undefined, sent: unknown): Failure | undefined {
  const parsed = Decision.safeParse(sent);
  if (!parsed.success) return refuse(`It does not have the shape of a decision: ${issuesOf(parsed.error)}`);
  const decision = parsed.data;
  const entry = execution?.journal.find(decision.step);
  if (execution === undefined || entry?.approval === undefined) return refuse(`${decision.step} is not waiting.`);
  return (
    refusalOfStale(execution, entry) ??
    refusalOfWaiting(entry, decision) ??
    refusalOfEdit(execution, decision) ??
    refusalOfBlamed(execution, decision)
  );
}

function refusalOfStale(execution: Execution, entry: JournalEntry): Failure | undefined {
  if (entry.state !== 'asked' || isStillAsked(execution, entry)) return undefined;
  return refuse(`${entry.step} may be out of date: something was rejected. It is asked again if it still stands.`);
}

function refusalOfWaiting({ step, state, failure: ended, approval }: JournalEntry, decision: Decision) {
  if (approval === undefined) return refuse(`${step} is not waiting.`);
  const { decided } = approval;
  if (decided !== undefined) return refuse(`${step} is already decided: ${decided.decision} by ${decided.actor}.`);
  if (state !== 'asked') return refuse(`${step} no longer waits: ${ended?.message ?? state}`);
  if (approval.shown !== decision.shown) {
    return refuse(`${step} shows something else by now. Look at it again with \`show\` and decide on that.`);
  }
  if (!approval.offers.includes(decision.decision)) {
    return refuse(`${step} offers ${approval.offers.join(', ')}, not ${decision.decision}.`);
  }
  return undefined;
}

function refusalOfEdit(execution: Execution, decision: Decision): Failure | undefined {
  if (decision.decision !== 'edit') return undefined;
  const parsed = editSchemas.get(execution)?.get(decision.step)?.safeParse(decision.value);
  if (parsed === undefined || parsed.success) return undefined;
  return refuse(`The edited value does not fit ${decision.step}: ${issuesOf(parsed.error)}`);
}

function refusalOfBlamed(execution: Execution, decision: Decision): Failure | undefined {
  if (decision.decision !== 'reject' || decision.blame === undefined || !reworks(execution)) return undefined;
  const entry = execution.journal.find(decision.step);
  // Who is asked about an agent's output may blame the agent, whose step has no answer yet.
  if (entry !== undefined && execution.journal.outermost(entry).step === decision.blame) return undefined;
  const refusal = refusalOfBlame(execution, decision.blame);
  return refusal === undefined ? undefined : refuse(refusal.message);
}

/** Takes a decision that was not refused. A reassignment leaves the step waiting for its new role. */
export function take(execution: Execution, decision: Decision): DecisionReceipt {
  const { step, actor, comment } = decision;
  const entry = execution.journal.find(step);
  if (entry?.approval === undefined) throw refuse(`${step} is not waiting.`);
  if (decision.decision === 'reassign') {
    entry.approval = { ...entry.approval, role: decision.role };
  } else {
    entry.approval = {
      ...entry.approval,
      decided: {
        decision: decision.decision,
        actor,
        role: entry.approval.role,
        comment: comment ?? null,
        value: decision.decision === 'edit' ? decision.value : entry.approval.subject,
        blame: decision.decision === 'reject' ? (decision.blame ?? null) : null,
        at: Date.now(),
      },
    };
  }
  tellState(execution);
  return { step, decision: decision.decision, actor };
}

function refuse(reason: string): Failure {
  return failure('DecisionRefused', `The decision was refused. ${reason}`);
}
