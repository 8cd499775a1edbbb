import { stringify } from 'yaml';
import type { DecisionKind } from '../contracts/decision';
import type { RunResult } from '../contracts/outcome';
import type { AttemptView, EffectView, RunView, StepView, WaitingView } from '../contracts/run-view';
import { describeIfRejected } from './describe-rejection';
import { ifRejected, type IfRejected } from './if-rejected';
import { describeLeft, describeSpend, describeSpenders } from './spend';
import { oneLine, plain, table } from './terminal';

/** Lines of a subject that are shown to a person; the whole is in `show RUN --json`. */
const subjectLinesMax = 60;
/** Characters of what a step is about, in its row. */
const aboutLengthMax = 60;

/** A run for a person: what it is, its steps, what it spent, and what waits. */
export function describeRun(view: RunView): string {
  const { runId, process, version, owner, state, startedAt, steps, usage, budget, waiting, refused, pass } = view;
  return [
    `${runId}: ${process} ${version}, owned by ${owner}`,
    `state    ${state}`,
    `started  ${new Date(startedAt).toISOString()}`,
    ...(pass > 1 ? [`pass     ${pass}`] : []),
    `spent    ${describeSpend(usage)} of ${budget.callsMax} calls, ${budget.tokensMax} tokens, $${(budget.costMicroUsdMax / 1e6).toFixed(2)}`,
    ...describeLeft(view),
    '',
    table(['step', 'about', 'state', 'took', 'attempts', 'effect'], steps.flatMap(stepRows)),
    ...describeSpenders(view),
    ...steps.flatMap(decidedLine),
    ...steps.flatMap(blamedLine),
    ...heldLines(view),
    ...waiting.map((step) => `\n${describeWaiting(runId, step, ifRejected(view))}`),
    ...refused.map((reason) => `refused signal: ${oneLine(reason)}`),
  ].join('\n');
}

/** A step in one row, and each effect of its child run in one beneath it. */
function stepRows(view: StepView): string[][] {
  const { step, about, askedAt, endedAt, attempts, effect, childEffects = [], inherited } = view;
  const whose = inherited === true ? ' by the other run' : '';
  return [
    [
      step,
      cut(about),
      stateOf(view),
      endedAt === undefined ? '' : `${endedAt - askedAt} ms`,
      attempts.map(describeAttempt).join(', '),
      effect === undefined ? '' : `${describeEffect(effect)}${whose}`,
    ],
    ...childEffects.map((child) => [child.step, child.tool, '', '', '', `${describeEffect(child)}${whose}`]),
  ];
}

function cut(about: string): string {
  return about.length <= aboutLengthMax ? about : `${about.slice(0, aboutLengthMax - 1)}…`;
}

/** `reader/small (schema)`: who made an output, and the gate that sent it back. */
function describeAttempt({ by, turnedDownBy }: AttemptView): string {
  return turnedDownBy === undefined ? by : `${by} (${turnedDownBy})`;
}

/** `blamed, answered`: a step that was struck counts no more, whatever it came to. */
function stateOf({ state, failure, struck }: StepView): string {
  const came = failure === undefined ? state : `${state}: ${failure.type}`;
  return struck === undefined ? came : `${struck.why}, ${came}`;
}

function describeEffect({ effect, outcome }: EffectView): string {
  return `${effect}, ${outcome === 'undoneByHand' ? 'undone by hand' : outcome}`;
}

/** `decided  signOff-1, by ada: approve: Negotiate first.` */
function decidedLine({ step, decided }: StepView): string[] {
  if (decided === undefined) return [];
  const { decision, actor, comment } = decided;
  const said = comment === null || comment === '' ? '' : `: ${oneLine(comment)}`;
  return [`decided  ${step}, by ${oneLine(actor)}: ${decision}${said}`];
}

function blamedLine({ step, struck }: StepView): string[] {
  if (struck?.why !== 'blamed') return [];
  return [`blamed   ${step}, by ${oneLine(struck.by)}: ${oneLine(struck.feedback)}`];
}

/** Effects that are not allowed to happen yet, and what has to end before. */
function heldLines({ held, heldBy }: RunView): string[] {
  if (held.length === 0) return [];
  const named = held.map(({ name, about }) => (about === '' ? name : `${name} (${oneLine(about)})`)).join(', ');
  return [
    `held     ${named}, until ${heldBy.length === 0 ? 'what is stale is undone' : `${heldBy.join(', ')} is done`}`,
  ];
}

/** What waits for a person: what they are shown, and how they decide. */
export function describeWaiting(
  runId: string,
  { step, about, role, dueAt, shown, offers, reminders, escalated, subject }: WaitingView,
  standing: IfRejected,
): string {
  const lines = plain(stringify(subject, { lineWidth: 110 }))
    .trimEnd()
    .split('\n');
  const hidden = lines.length - subjectLinesMax;
  const choice = offers.includes('approve') ? 'approve' : (offers[0] ?? 'reject');
  return [
    `${oneLine(role)} must decide ${step}${about === '' ? '' : ` (${oneLine(about)})`} by ${new Date(dueAt).toISOString()}` +
      `${escalated ? ', escalated' : ''}${reminders > 0 ? `, reminded ${reminders} times` : ''}:`,
    ...lines.slice(0, subjectLinesMax).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  … ${hidden} more lines: counterpoint show ${runId} --json, under .waiting`] : []),
    ...describeIfRejected(runId, { offers }, standing),
    `Decide (${offers.join(', ')}): counterpoint decide ${runId} ${step} ${flags[choice]} --as YOU --shown ${shown.slice(0, 12)}`,
  ].join('\n');
}

const flags: Readonly<Record<DecisionKind, string>> = {
  approve: '--approve',
  edit: '--edit FILE',
  reject: '--reject',
  retry: '--retry --comment TEXT',
  undoneByHand: '--undone-by-hand',
  tryAgain: '--try-again',
  reassign: '--reassign ROLE',
};

/** The commands of some of the decisions that a step offers, one a line. */
export function decideCommands(runId: string, step: string, kinds: readonly DecisionKind[]): string {
  return kinds.map((kind) => `  counterpoint decide ${runId} ${step} ${flags[kind]} --as YOU`).join('\n');
}

/** What a run came to, for a person. */
export function describeResult(result: RunResult): string {
  const spent = `spent    ${describeSpend(result.usage)}`;
  switch (result.outcome) {
    case 'completed':
      return [`outcome  completed`, spent, plain(stringify(result.value)).trimEnd()].join('\n');
    case 'completedPartially':
      return [
        'outcome  completedPartially',
        spent,
        ...result.leftOut.map(({ what, why }) => `left out ${oneLine(what)}: ${oneLine(why)}`),
        plain(stringify(result.value)).trimEnd(),
      ].join('\n');
    case 'rejected':
    case 'rolledBack':
    case 'outOfBudget':
      return [`outcome  ${result.outcome}`, spent, `reason   ${oneLine(result.failure.message)}`].join('\n');
    case 'needsRepair':
      return [
        'outcome  needsRepair',
        spent,
        `reason   ${oneLine(result.failure.message)}`,
        `effects that stand or may stand: ${result.effects.join(', ')}`,
      ].join('\n');
  }
}
