import type { Connection } from '@temporalio/client';
import { failure } from '../contracts/failures';
import { searchAttributes } from '../contracts/search-attributes';

/** The types of search attributes with their numbers in Temporal's API. */
const typeNumbers = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;

/**
 * Registers those of the runs' search attributes that the namespace does not have.
 *
 * @throws `InvalidInput` when one exists with another type
 */
export async function registerSearchAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const { name, type } of Object.values(searchAttributes)) {
    const existing: number | undefined = customAttributes[name];
    if (existing === undefined) missing[name] = typeNumbers[type];
    else if (existing !== typeNumbers[type]) {
      throw failure(
        'InvalidInput',
        `The search attribute ${name} exists in namespace ${namespace} with another type than ${type}. ` +
          'A type cannot be changed: use another namespace.',
        { name, type },
      );
    }
  }
  if (Object.keys(missing).length > 0)
    await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}
