import {
  CancellationScope,
  condition,
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
import { beganWith, type Execution } from './execution';
import { stateOf, type Tally } from './tallies';
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

/** Makes the run findable by what it is, and tells its first state. */
export function tellBeginning(execution: Execution): void {
  const { name, version, owner } = execution.process;
  const identity = [
    { key: keys.process, value: name },
    { key: keys.version, value: version },
    { key: keys.owner, value: owner },
  ];
  if (beganWith(4, execution) && execution.journal.entries.length === 0) {
    upsertSearchAttributes([...identity, { key: keys.state, value: 'running' }]);
  } else {
    upsertSearchAttributes(identity);
    tellState(execution);
  }
  void keepDetails(execution);
}

/** Brings what the run can be found by up to date, at once; the current details follow. */
export function tellState(execution: Execution): void {
  execution.hasNews = true;
  const waiting = waitingSteps(execution);
  tellSearch(stateOfRun(waiting), [...new Set(waiting.map(({ role }) => role))].sort());
}

/**
 * Keeps the current details up to date, once for all answers that come at once: a condition is looked at when everything
 * has run, and the answers that wait for their turn are waited for. They list the whole journal, which is too much for
 * every step of a long one.
 */
function keepDetails(execution: Execution): Promise<void> {
  const tellNews = () => {
    if (!execution.hasNews || !execution.pass.turns.isIdle) return false;
    execution.hasNews = false;
    const waiting = waitingSteps(execution);
    setCurrentDetails(details(execution, stateOfRun(waiting), waiting));
    return false;
  };
  return CancellationScope.nonCancellable(() => condition(tellNews));
}

function stateOfRun(waiting: readonly WaitingView[]): 'waiting' | 'running' {
  return waiting.length > 0 ? 'waiting' : 'running';
}

/** The last word on a run; one that never began has no execution. */
export function tellOutcome(outcome: Outcome, execution?: Execution): void {
  if (execution !== undefined) execution.hasNews = false;
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
  const { entries, answeredCount } = execution.journal;
  const { tokens, costMicroUsd, calls } = execution.ledger.spent;
  return [
    `**${state}** · ${answeredCount} of ${entries.length} steps answered · ${calls} calls, ${tokens} tokens, $${(costMicroUsd / 1e6).toFixed(4)}`,
    ...waiting.map(
      ({ step, role, dueAt, about }) =>
        `\n**${plain(role)}** must decide \`${step}\`${about === '' ? '' : ` (${plain(about)})`} by ${new Date(dueAt).toISOString()}`,
    ),
    '\n| step | about | state |\n|---|---|---|',
    ...rows(execution.tallies.count()),
  ].join('\n');
}

/** One row for each agent, tool or approval: a map over many items is one line of the story. */
function rows(tallies: readonly Tally[]): string[] {
  return tallies.slice(-rowsMax).map(({ first, counts }) => {
    const { name } = first.question;
    const states = [...counts];
    const count = states.reduce((sum, [, ofState]) => sum + ofState, 0);
    if (count === 1) return `| ${first.step} | ${plain(first.about)} | ${stateOf(first)} |`;
    return `| ${name} × ${count} | | ${states.map(([state, ofState]) => `${ofState} ${state}`).join('; ')} |`;
  });
}

/** Text from inputs, made harmless in a Markdown table. */
function plain(text: string): string {
  return summary(text.replace(/[|<>`[\]\n\r]/g, ' '));
}
