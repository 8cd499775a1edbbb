import * as z from 'zod/mini';
import type { reportWriter as agent } from '../../../agents/report-writer';
import type { Risk } from '../../../contracts/risk';
import type { AgentForm, FormContext } from '../agent-form';
import { excerpt } from '../review/excerpt';
import { readFirstMax } from '../review/report-content';
import { storeReport } from '../review/store-report';
import { feedbackOf } from './answered-ids';
import { fitItems, type FittedPart } from './fit-items';
import { roomFor } from './part-room';

/** So many in a part: its answer then fits the agent's limit on output tokens. */
const itemsMax = 50;
const First = z.strictObject({ first: z.array(z.string()).check(z.maxLength(readFirstMax)) });

type Input = Parameters<AgentForm<typeof agent>['open']>[0];

/**
 * The model says which risks a reader should turn to first. It writes none of the report's words: what was signed off
 * stands in it as it was signed, and code sets it.
 */
export const reportWriter: AgentForm<typeof agent, typeof First> = {
  writes: First,
  open(input, context) {
    return Promise.resolve(partsOf(input, context).map(({ material }) => ({ material, task })));
  },
  faultOf({ part, value: { first } }, input, context) {
    const ids = (partsOf(input, context)[part]?.items ?? []).map(({ id }) => id);
    const foreign = first.filter((id) => !ids.includes(id)).map((id) => `${id}: is none of the risks above`);
    const repeated = first.filter((id, index) => first.indexOf(id) !== index).map((id) => `${id}: stands twice`);
    return Promise.resolve(feedbackOf('This list is wrong.', [...foreign, ...repeated]));
  },
  join(written, input, { artifacts }) {
    const chosen = written.flatMap(({ first }) => first);
    // Risks stand in order of severity: of several parts, the worst that were chosen come first.
    const ids = input.assessment.risks.map(({ id }) => id).filter((id) => chosen.includes(id));
    return storeReport(input, artifacts, ids.slice(0, readFirstMax));
  },
};

const task = [
  `Choose the risks above that a busy reader must read first, at most ${readFirstMax}.`,
  'Answer with JSON that has one key, "first": a list of their ids, {"first": ["R1"]}. Without risks: {"first": []}.',
].join('\n');

function partsOf({ assessment }: Input, { openingBytesMax }: FormContext): FittedPart<Risk>[] {
  return fitItems(assessment.risks, show, { bytesMax: roomFor(openingBytesMax, Buffer.byteLength(task)), itemsMax });
}

function show({ id, category, severity, statement }: Risk, charactersMax: number): string {
  return `${id} ${category}, ${severity}: ${excerpt(statement, { charactersMax }).replace(/\s+/g, ' ')}`;
}
