import { join } from 'node:path';
import { root } from './command-line';

/** A case of the sample shop, in a customer's words. */
export const caseFile = join(root, 'data', 'shop', 'cases', 'cancel-with-refund.json');

/** The right reading of that case, as a model may give it. */
export const caseReading = {
  name: null,
  confirmed: true,
  requests: [
    {
      ...{ ask: 'cancel', orderId: '#W6770005', reason: 'I no longer need it' },
      said: 'please cancel order #W6770005 because I no longer need it',
    },
  ],
  notUnderstood: [],
};
