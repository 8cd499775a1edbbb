import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Decision, DecisionReceipt } from '../contracts/decision';
import type { RunView } from '../contracts/run-view';

/** Decides a waiting step. Its validator refuses, with the reason and at no cost in history, what cannot be taken. */
export const decideUpdate = defineUpdate<DecisionReceipt, [Decision]>('decide');

/** The same for callers without Updates; a refused one changes nothing and is listed in the run's view. */
export const decideSignal = defineSignal<[Decision]>('decide');

/** The run as people see it, also after it has ended. */
export const runViewQuery = defineQuery<RunView>('runView');
