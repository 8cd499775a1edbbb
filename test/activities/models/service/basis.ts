import type { CaseRecords, DecisionBasis } from '../../../../src/contracts/case-decision';
import type { CaseRequest } from '../../../../src/contracts/case-reading';
import { cornerShop } from '../../../support/corner-shop';

/** Ann's records in the corner shop. */
export const annsRecords: CaseRecords = {
  customer: cornerShop.users['ann']!,
  orders: Object.values(cornerShop.orders).filter(({ user_id }) => user_id === 'ann'),
  products: Object.values(cornerShop.products),
};

/** What a case of Ann's with these requests is decided on. */
export function asks(...requests: readonly CaseRequest[]): DecisionBasis {
  return { reading: { name: null, confirmed: true, requests: [...requests], notUnderstood: [] }, records: annsRecords };
}
