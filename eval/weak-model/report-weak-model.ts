import { alignedTable } from '../format-table';
import { countAttempts, countEscalations, type AgentCounts } from './count-attempts';
import type { ReviewByModel } from './review-by-model';
import { survivingQuotes, type SurvivingQuotes } from './surviving-quotes';
import type { WeakModelOptions } from './weak-model-options';

/** What a review by a model came to, as one JSON document. */
export interface WeakModelReport {
  readonly document: string;
  readonly models: string;
  readonly categories: number;
  readonly escalationPolicy: WeakModelOptions['escalations'];
  readonly foreseen: ReviewByModel['foreseen'];
  readonly outcome: ReviewByModel['result']['outcome'];
  /** Why it did not complete. */
  readonly reason?: string;
  readonly minutes: number;
  readonly usage: ReviewByModel['view']['usage'];
  readonly agents: readonly AgentCounts[];
  readonly escalations: Readonly<Record<string, number>>;
  readonly quotes: SurvivingQuotes;
}

export function weakModelReport(
  { result, view, entries, foreseen, text, minutes }: ReviewByModel,
  { models, categories, escalations }: WeakModelOptions,
  document: string,
): WeakModelReport {
  return {
    ...{ document, models, categories: categories.length, escalationPolicy: escalations, foreseen },
    ...{ outcome: result.outcome, minutes: Math.round(minutes * 10) / 10, usage: view.usage },
    ...('failure' in result ? { reason: result.failure.message } : {}),
    ...{ agents: countAttempts(entries), escalations: countEscalations(entries) },
    quotes: survivingQuotes(entries, text),
  };
}

const headings = [
  'Agent',
  'Steps',
  'At once',
  'Repaired',
  'Fallback',
  'Person',
  'None',
  'Calls',
  'Tokens',
  'Sent back',
];

/** The same for people. */
export function weakModelTables(report: WeakModelReport): string {
  const { document, models, foreseen, quotes, outcome, minutes, usage, agents, escalations } = report;
  return [
    `${document}, reviewed by \`${models}\` in ${report.categories} categories; every escalation is ${report.escalationPolicy === 'approve' ? 'approved where it can be, else rejected' : 'rejected'}, and counsel approves.`,
    alignedTable([
      ['', 'Run'],
      ['Outcome', outcome],
      ...(report.reason === undefined ? [] : [['Reason', report.reason.slice(0, 120)]]),
      ['Minutes', String(minutes)],
      ['Sections, in parts', `${foreseen.sections}, in ${foreseen.parts}`],
      ['Requests for clauses, at least', String(foreseen.extractions)],
      ['Calls', String(usage.calls)],
      ['Tokens', String(usage.tokens)],
      ['Quotes that survived', String(quotes.quotes)],
      ['Of them not verbatim', String(quotes.notVerbatim.length)],
      ['Escalations to a person', listed(escalations)],
    ]),
    alignedTable([headings, ...agents.map(row)]),
  ].join('\n\n');
}

function row(counts: AgentCounts): string[] {
  const { agent, steps, atOnce, repaired, byFallback, byPerson, without, usage, sentBack, failed } = counts;
  const figures = [steps, atOnce, repaired, byFallback, byPerson, without, usage.calls, usage.tokens];
  return [agent, ...figures.map(String), listed({ ...sentBack, ...failed })];
}

/** `schema 3, form 12` */
function listed(counts: Readonly<Record<string, number>>): string {
  const named = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return named.length === 0 ? '0' : named.join(', ');
}
