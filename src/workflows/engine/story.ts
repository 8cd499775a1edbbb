import {
  createEventGroup,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
  type EventGroupMarker,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes } from '../../contracts/search-attributes';
import type { Outcome } from '../../contracts/outcome';
import type { RunView, WaitingView } from '../../contracts/run-view';
import type { Execution } from './execution';
import { waitingSteps } from './view';

/** Steps listed in the current details; the rest is counted. */
const stepsShownMax = 15;
const summaryLengthMax = 160;

const keys = {
  process: defineSearchAttributeKey(searchAttributes.process.name, searchAttributes.process.type),
  version: defineSearchAttributeKey(searchAttributes.version.name, searchAttributes.version.type),
  owner: defineSearchAttributeKey(searchAttributes.owner.name, searchAttributes.owner.type),
  state: defineSearchAttributeKey(searchAttributes.state.name, searchAttributes.state.type),
  waitingRoles: defineSearchAttributeKey(searchAttributes.waitingRoles.name, searchAttributes.waitingRoles.type),
};

/** A one-line summary of an activity or timer: its parts that say something, joined and cut to what the UI shows. */
export function summary(...parts: readonly string[]): string {
  const line = parts.filter((part) => part !== '').join(' · ');
  return line.length <= summaryLengthMax ? line : `${line.slice(0, summaryLengthMax - 1)}…`;
}

/** The group under which the UI shows everything that one step does. */
export function groupOf(step: string, about: string): EventGroupMarker[] {
  return [createEventGroup(summary(step, about), { id: step })];
}

/** Makes the run findable by what it is; its state follows by `tellState`. */
export function tellIdentity({ process }: Execution): void {
  upsertSearchAttributes([
    { key: keys.process, value: process.name },
    { key: keys.version, value: process.version },
    { key: keys.owner, value: process.owner },
  ]);
}

/** Brings the current details, and what the run can be found by, up to date. */
export function tellState(execution: Execution): void {
  const waiting = waitingSteps(execution);
  const state = waiting.length > 0 ? 'waiting' : 'running';
  setCurrentDetails(details(execution, state, waiting));
  tellSearch(state, [...new Set(waiting.map(({ role }) => role))].sort());
}

/** The last word on a run; one that never began has no execution. */
export function tellOutcome(outcome: Outcome, execution?: Execution): void {
  setCurrentDetails(execution === undefined ? `**${outcome}**` : details(execution, outcome, []));
  tellSearch(outcome, []);
}

function tellSearch(state: RunView['state'], roles: string[]): void {
  const known = workflowInfo().typedSearchAttributes;
  if (known.get(keys.state) === state && (known.get(keys.waitingRoles) ?? []).join() === roles.join()) return;
  upsertSearchAttributes([
    { key: keys.state, value: state },
    { key: keys.waitingRoles, value: roles.length > 0 ? roles : null },
  ]);
}

function details(execution: Execution, state: RunView['state'], waiting: readonly WaitingView[]): string {
  const { entries } = execution.journal;
  const { tokens, costMicroUsd, calls } = execution.ledger.spent;
  const answered = entries.filter((entry) => entry.state === 'answered').length;
  const hidden = Math.max(0, entries.length - stepsShownMax);
  return [
    `**${state}** · ${answered} of ${entries.length} steps answered · ${calls} calls, ${tokens} tokens, $${(costMicroUsd / 1e6).toFixed(4)}`,
    ...waiting.map(
      ({ step, role, dueAt, about }) =>
        `\n**${role}** must decide \`${step}\`${about === '' ? '' : ` (${plain(about)})`} by ${new Date(dueAt).toISOString()}`,
    ),
    '\n| step | about | state |\n|---|---|---|',
    ...(hidden > 0 ? [`| … | ${hidden} earlier steps | |`] : []),
    ...entries.slice(-stepsShownMax).map((entry) => `| ${entry.step} | ${plain(entry.about)} | ${entry.state} |`),
  ].join('\n');
}

/** Text from inputs, made harmless in a Markdown table. */
function plain(text: string): string {
  return summary(text.replace(/[|<>`[\]\n\r]/g, ' '));
}
