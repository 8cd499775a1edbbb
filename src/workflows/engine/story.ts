import {
  createEventGroup,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
  type EventGroupMarker,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes } from '../../contracts/search-attributes';
import type { JournalEntry } from '../../contracts/journal';
import type { Outcome } from '../../contracts/outcome';
import type { RunView, WaitingView } from '../../contracts/run-view';
import type { Execution } from './execution';
import { waitingSteps } from './view';

/** Agents, tools and approvals listed in the current details: the latest. */
const rowsMax = 30;
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
  return [
    `**${state}** · ${answered} of ${entries.length} steps answered · ${calls} calls, ${tokens} tokens, $${(costMicroUsd / 1e6).toFixed(4)}`,
    ...waiting.map(
      ({ step, role, dueAt, about }) =>
        `\n**${plain(role)}** must decide \`${step}\`${about === '' ? '' : ` (${plain(about)})`} by ${new Date(dueAt).toISOString()}`,
    ),
    '\n| step | about | state |\n|---|---|---|',
    ...rows(entries),
  ].join('\n');
}

/** One row for each agent, tool or approval: a map over many items is one line of the story. */
function rows(entries: readonly JournalEntry[]): string[] {
  const byName = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const same = byName.get(entry.question.name);
    if (same === undefined) byName.set(entry.question.name, [entry]);
    else same.push(entry);
  }
  return [...byName].slice(-rowsMax).map(([name, same]) => {
    const [first] = same;
    if (first !== undefined && same.length === 1)
      return `| ${first.step} | ${plain(first.about)} | ${stateOf(first)} |`;
    return `| ${name} × ${same.length} | | ${countsOf(same.map(stateOf))} |`;
  });
}

/** A step's state for people: whether it still counts, and what became of what it did. */
function stateOf({ state, struck, effect }: JournalEntry): string {
  return [struck?.why ?? state, ...(effect === undefined ? [] : [`${effect.effect} ${effect.outcome}`])].join(', ');
}

function countsOf(states: readonly string[]): string {
  const kinds = [...new Set(states)];
  return kinds.map((kind) => `${states.filter((state) => state === kind).length} ${kind}`).join('; ');
}

/** Text from inputs, made harmless in a Markdown table. */
function plain(text: string): string {
  return summary(text.replace(/[|<>`[\]\n\r]/g, ' '));
}
