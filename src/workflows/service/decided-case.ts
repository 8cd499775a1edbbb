import type { CustomerCase } from '../../contracts/customer-case';
import { Failure, failure } from '../../contracts/failures';
import { isShopWrite, type OperationResult, type ShopOperationCall } from '../../contracts/shop-operation-call';
import { shopOperations } from '../../contracts/shop-operations';
import type { ProjectRun } from '../define-process';

/**
 * Performs operations in order, and lists the answer or the refusal of each.
 *
 * @throws `OperationRefused` at a refused write, unless the case goes on: the run ends and undoes those before it
 */
export async function performAll(
  run: ProjectRun,
  operations: readonly ShopOperationCall[],
  { onRefusal = 'rollBack', userId }: Pick<CustomerCase, 'onRefusal' | 'userId'> = {},
): Promise<OperationResult[]> {
  const results: OperationResult[] = [];
  for (const call of operations) {
    const result = await answerOrRefusal(run, call, userId);
    results.push(result);
    // A read that is refused has changed nothing that others could build on.
    if ('refusal' in result && onRefusal === 'rollBack' && isShopWrite(call)) throw caseRefused(operations, results);
  }
  return results;
}

async function answerOrRefusal(run: ProjectRun, call: ShopOperationCall, userId?: string): Promise<OperationResult> {
  const { name } = call;
  try {
    if (userId !== undefined) await assertOwn(run, call, userId);
    const answer = await perform(run, call);
    if (userId !== undefined && name.startsWith('find_user_id') && answer !== userId)
      throw notTheirs('customer', userId);
    return { name, answer };
  } catch (error) {
    if (!(error instanceof Failure) || error.type !== 'OperationRefused') throw error;
    const { reason } = error.details;
    return { name, refusal: { reason: typeof reason === 'string' ? reason : error.type, message: error.message } };
  }
}

function perform(run: ProjectRun, call: ShopOperationCall) {
  const about = 'order_id' in call.arguments ? call.arguments.order_id : '';
  // The schema of the case has held the arguments against the operation, which names its tool.
  return run.tool(shopOperations[call.name].tool, call.arguments, { about }) as Promise<OperationAnswer>;
}

type OperationAnswer = Extract<OperationResult, { readonly answer: unknown }>['answer'];

/** Refuses what concerns another customer's records. */
async function assertOwn(run: ProjectRun, { arguments: given }: ShopOperationCall, userId: string): Promise<void> {
  if ('user_id' in given && given.user_id !== userId) throw notTheirs(`customer ${given.user_id}`, userId);
  if (!('order_id' in given)) return;
  const { order_id } = given;
  const order = await run.tool('getOrderDetails', { order_id }, { about: order_id });
  if (order.user_id !== userId) throw notTheirs(`order ${order_id}`, userId);
}

function notTheirs(what: string, userId: string): Failure {
  return failure('OperationRefused', `The case is for customer ${userId}, and ${what} is not theirs.`, {
    reason: 'notTheirs',
  });
}

/** What ends a case with a refused write: which it was, what came of each before it, and what was not tried. */
function caseRefused(operations: readonly ShopOperationCall[], results: readonly OperationResult[]): Failure {
  const last = results.at(-1);
  const { reason, message } = last !== undefined && 'refusal' in last ? last.refusal : { reason: '', message: '' };
  const before = results.slice(0, -1).filter((_result, at) => isWriteAt(operations, at)).length;
  return failure(
    'OperationRefused',
    `Operation ${results.length} of ${operations.length}, ${last?.name ?? ''}, was refused: ${message} ` +
      `The case is all or nothing: ${undoneWrites(before)}, ${notTried(operations.length - results.length)}.`,
    {
      reason,
      operation: last?.name ?? '',
      index: results.length - 1,
      operations: results as never, // JSON, as its schema says
      notExecuted: operations.slice(results.length).map(({ name }) => name),
    },
  );
}

function undoneWrites(count: number): string {
  if (count === 0) return 'no write came before it';
  return count === 1 ? 'the write before it is undone' : `the ${count} writes before it are undone`;
}

function notTried(count: number): string {
  if (count === 0) return 'no operation came after it';
  return count === 1 ? 'the operation after it was not tried' : `the ${count} operations after it were not tried`;
}

function isWriteAt(operations: readonly ShopOperationCall[], at: number): boolean {
  const call = operations[at];
  return call !== undefined && isShopWrite(call);
}
