import * as z from 'zod/mini';
import type { riskAssessor as agent } from '../../../agents/risk-assessor';
import type { Risk } from '../../../contracts/risk';
import type { AgentForm, FormContext } from '../agent-form';
import { assess, draftAssessment } from '../review/assess-risks';
import { excerpt } from '../review/excerpt';
import { faultsOfIds, feedbackOf, idsBytesMax, taskOn } from './answered-ids';
import { fitItems, type FittedPart } from './fit-items';
import { roomFor } from './part-room';

/** So many in a part: its answer then fits the agent's limit on output tokens. */
const itemsMax = 12;
const whyCharactersMax = 300;
const statementCharactersMax = 1_000;
const severities = ['low', 'medium', 'high', 'dealBreaker'] as const;

const Points = z.strictObject({
  points: z.array(z.strictObject({ p: z.string(), severity: z.enum(severities), why: z.string() })),
});
type Written = z.output<typeof Points>['points'][number];

type Input = Parameters<AgentForm<typeof agent>['open']>[0];

/**
 * What follows from the comparisons is drafted by code, with its quotes and the playbook's advice; the model says of
 * each point why it matters and how bad it is, never less than the playbook does.
 */
export const riskAssessor: AgentForm<typeof agent, typeof Points> = {
  writes: Points,
  open(input, context) {
    return Promise.resolve(
      partsOf(input, context).map(({ material, items }) => ({ material, task: taskOn(task, items) })),
    );
  },
  faultOf({ part, value: { points } }, input, context) {
    const asked = partsOf(input, context)[part]?.items ?? [];
    const ids = faultsOfIds(
      points.map(({ p }) => p),
      asked.map(({ id }) => id),
    );
    const faults = points.flatMap((point) => {
      const own = asked.find(({ id }) => id === point.p);
      return own === undefined ? [] : faultsOfPoint(point, own);
    });
    return Promise.resolve(feedbackOf('These points are wrong.', [...ids, ...faults]));
  },
  join(written, input) {
    const points = new Map(written.flatMap(({ points: some }) => some.map((point) => [point.p, point] as const)));
    const { risks, gaps } = draftAssessment(input);
    return Promise.resolve(
      assess({
        comparisons: input.comparisons,
        risks: risks.map((risk, index) => withWords(risk, points.get(riskId(index)))),
        gaps: gaps.map((gap, index) => {
          const { severity, ...said } = withWords(gap, points.get(gapId(index)));
          return { ...said, severity: severity === 'dealBreaker' ? 'high' : severity };
        }),
      }),
    );
  },
};

const task = [
  'Each point above (P1, …: a risk; G1, …: something missing) is a way in which the contract is not as our playbook',
  'wants it. Say for each in one short sentence why it matters to us. State no figure, date, name or quotation that is',
  'not in the point. Repeat its severity, or choose a higher one of low, medium, high.',
  'Answer with JSON that has one key, "points": a list with one entry for each point, with the keys "p", its id,',
  '"severity" and "why": {"points": [{"p": "P1", "severity": "high", "why": "It may cost us more than we earn."}]}. Without points: {"points": []}.',
].join('\n');

interface Asked {
  readonly id: string;
  readonly isGap: boolean;
  readonly category: string;
  readonly severity: Risk['severity'];
  readonly statement: string;
  readonly advice: string;
}

function partsOf(input: Input, { openingBytesMax }: FormContext): FittedPart<Asked>[] {
  const { risks, gaps } = draftAssessment(input);
  const asked = [
    ...risks.map((risk, index) => ({ ...risk, id: riskId(index), isGap: false })),
    ...gaps.map((gap, index) => ({ ...gap, id: gapId(index), isGap: true })),
  ];
  return fitItems(asked, show, { bytesMax: roomFor(openingBytesMax, Buffer.byteLength(task) + idsBytesMax), itemsMax });
}

function show({ id, category, severity, statement, advice }: Asked, charactersMax: number): string {
  const words = excerpt(statement, { charactersMax }).replace(/\s+/g, ' ');
  return [`${id} ${category}, severity ${severity}`, words, ...(advice === '' ? [] : [`We ask: ${advice}`])].join('\n');
}

function faultsOfPoint({ p, severity, why }: Written, { isGap, severity: drafted }: Asked): string[] {
  const isBelow = severities.indexOf(severity) < severities.indexOf(drafted);
  const isUnfounded = severity === 'dealBreaker' && drafted !== 'dealBreaker';
  return [
    ...(isBelow ? [`${p}: is ${drafted} by the playbook, and cannot be ${severity}`] : []),
    ...(isUnfounded ? [`${p}: the playbook calls it no deal-breaker${isGap ? ', and a gap is none' : ''}`] : []),
    ...(/\p{L}{2}/u.test(why) ? [] : [`${p}: does not say why`]),
    ...(why.length > whyCharactersMax ? [`${p}: has ${why.length} characters, at most ${whyCharactersMax}`] : []),
  ];
}

/** What code drafted stays word for word; the model's sentence follows it as far as there is room. */
function withWords<Draft extends { readonly statement: string; readonly severity: Risk['severity'] }>(
  draft: Draft,
  written: Written | undefined,
): Omit<Draft, 'severity'> & { readonly severity: Risk['severity'] } {
  if (written === undefined) return draft;
  const why = written.why.replace(/\s+/g, ' ').trim();
  const statement = `${draft.statement} ${/[.!?]$/.test(why) ? why : `${why}.`}`;
  return {
    ...draft,
    severity: written.severity,
    statement: statement.length > statementCharactersMax ? draft.statement : statement,
  };
}

function riskId(index: number): string {
  return `P${index + 1}`;
}

function gapId(index: number): string {
  return `G${index + 1}`;
}
