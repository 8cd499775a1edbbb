import { CaseResult, CustomerCase } from '../contracts/customer-case';
import { days } from '../contracts/duration';
import { defineProcess, type ProjectRun } from './define-process';
import { performAll } from './service/decided-case';
import { mayBeLeftOut } from './service/settle-refunds';
import { workOnWritten } from './service/written-case';

/** Works on a customer's case: performs what was decided, or reads, decides and answers what was written. */
export const customerOperations = defineProcess({
  name: 'customerOperations',
  version: '1.0.0',
  owner: 'service-desk',
  objective: 'Settle a customer’s case under the service policy: all of it or nothing, and the customer answered.',
  input: CustomerCase,
  output: CaseResult,
  budget: { costMicroUsdMax: 2_000_000, tokensMax: 500_000, callsMax: 500, durationMsMax: days(14) },

  async execute(run, given): Promise<CaseResult> {
    const { caseId, operations, message = '', from = '' } = given;
    if (caseId !== undefined) await run.tool('openCase', { caseId }, { about: caseId });
    const result: CaseResult =
      operations === undefined
        ? await workOnWritten(run, { message, from })
        : { resolution: 'executed', operations: await performAll(run, operations, given) };
    if (caseId !== undefined) {
      await closeCase(run, { caseId, summary: summaryOf(result), isPastUndoing: operations === undefined });
    }
    return result;
  },
});

interface Closing {
  readonly caseId: string;
  readonly summary: string;
  /** Whether money or mail may have gone out: then a case that cannot be closed is left open, and nothing is undone. */
  readonly isPastUndoing: boolean;
}

async function closeCase(run: ProjectRun, { caseId, summary, isPastUndoing }: Closing): Promise<void> {
  try {
    await run.tool('closeCase', { caseId, summary }, { about: caseId });
  } catch (error) {
    if (!isPastUndoing || !mayBeLeftOut(error)) throw error;
    run.leaveOut(`the closing of case ${caseId}`, error.message);
  }
}

/** A line for the list of cases. */
function summaryOf(result: CaseResult): string {
  const { resolution } = result;
  if (!('operations' in result)) return resolution;
  const refused = result.operations.filter((one) => 'refusal' in one).length;
  const performed = result.operations.length - refused;
  return `${resolution}: ${performed} ${performed === 1 ? 'operation' : 'operations'} performed, ${refused} refused`;
}
