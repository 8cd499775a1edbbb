import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Decision, DecisionReceipt } from '../contracts/decision';
import type { JournalEntry } from '../contracts/journal';
import type { LeaseRequest } from '../contracts/lease';
import type { Usage } from '../contracts/usage';
import type { Preview, PreviewRequest } from '../contracts/preview';
import type { RejectionReceipt, StepRejection } from '../contracts/step-rejection';
import type { RunView } from '../contracts/run-view';

/** Decides a waiting step. Its validator refuses, with the reason and at no cost in history, what cannot be taken. */
export const decideUpdate = defineUpdate<DecisionReceipt, [Decision]>('decide');

/** The same for callers without Updates; a refused one changes nothing and is listed in the run's view. */
export const decideSignal = defineSignal<[Decision]>('decide');

/** Rejects an answered step of a run under way: rework begins at once. Refused like a decision. */
export const rejectStepUpdate = defineUpdate<RejectionReceipt, [StepRejection]>('rejectStep');

/** What a rejection of a step would undo and ask again, at most. Changes nothing but the history. */
export const previewUpdate = defineUpdate<Preview, [PreviewRequest]>('preview');

/**
 * A child run tells its parent, by the step that runs it, that its pivots wait until the parent is quiet, too, and what
 * it keeps of its lease until then. Each such hold of a child has a number; those of runs that began before holds were
 * numbered have none.
 */
export const childHoldsSignal = defineSignal<[step: string, held?: Usage | null, hold?: number]>('childHolds');

/** A child run asks its parent, by the step that runs it, to let it spend more. */
export const requestLeaseSignal = defineSignal<[string, LeaseRequest]>('requestLease');

/** A parent tells its child what it may spend in all. */
export const grantLeaseSignal = defineSignal<[Usage]>('grantLease');

/** A child run takes a hold back: something in it goes on, and could still fail. */
export const childGoesOnSignal = defineSignal<[step: string, hold: number]>('childGoesOn');

/** A parent lets its child's pivots happen, if they still wait by that hold. */
export const releasePivotsSignal = defineSignal<[hold?: number]>('releasePivots');

/** The run as people see it, also after it has ended. */
export const runViewQuery = defineQuery<RunView>('runView');

/** The whole journal, also after the end: what a fork or a repair begins with. */
export const journalQuery = defineQuery<readonly JournalEntry[]>('journal');
