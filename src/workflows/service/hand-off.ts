import type { CaseDecision, CaseRecords } from '../../contracts/case-decision';
import type { CaseReading } from '../../contracts/case-reading';
import type { CaseResult } from '../../contracts/customer-case';
import type { ProjectRun } from '../define-process';
import { answerCustomer } from './answer-customer';

/** A case that a person takes over, with all that is known of it. */
interface LeftCase {
  readonly reading: CaseReading;
  readonly from: string;
  readonly why: string;
  readonly records?: CaseRecords;
  readonly decision?: CaseDecision;
}

const summaryMax = 10_000;
const nothing: CaseDecision = {
  ...{ actions: [], refunds: [], movedCents: 0 },
  ...{ denials: [], questions: [], facts: [], handOff: null },
};

/** Leaves a case to a person, and says so to the customer, if it is known who that is. Nothing is changed. */
export async function handOff(run: ProjectRun, left: LeftCase): Promise<CaseResult> {
  const { reading, records, decision = nothing, why } = left;
  const number = await tellPerson(run, left);
  const { denials, questions, facts } = decision;
  const mail =
    records === undefined ? null : await answerCustomer(run, records.customer, { ...decision, handOff: why });
  return {
    ...{ resolution: 'handedOff', userId: records?.customer.user_id ?? null, why, handOff: number, mail },
    ...{ denials, questions, facts, understood: reading.requests, notUnderstood: reading.notUnderstood },
  };
}

/** Enters a case in the list that people work through, with all that is known. @returns the number it has there */
export async function tellPerson(
  run: ProjectRun,
  { reading, from, why, records, decision }: LeftCase,
): Promise<string> {
  const lines = [
    why,
    `Sender: ${from}`,
    `Customer: ${records?.customer.user_id ?? 'not identified'}`,
    ...reading.requests.map((request) => `Understood: ${request.said}`),
    ...reading.notUnderstood.map((sentence) => `Not understood: ${sentence}`),
    ...(records?.orders ?? []).map(({ order_id, status }) => `Order ${order_id} is ${status}`),
    ...(decision?.actions ?? []).map(({ name, arguments: given }) => `Decided: ${name} ${JSON.stringify(given)}`),
    ...(decision?.denials ?? []).map((denial) => `Denied: ${denial}`),
  ];
  const summary = cut(lines.join('\n'));
  const { hand_off } = await run.tool('transferToHumanAgents', { summary }, { about: from });
  return hand_off;
}

/** Not in the middle of a character. */
function cut(text: string): string {
  return text.length <= summaryMax ? text : text.slice(0, summaryMax).replace(/\p{Surrogate}$/u, '');
}
