import type { Database } from '../../src/activities/stores/database';

const refuse = () => Promise.reject(new Error('These tests have no database.'));

/** A database for tests whose tools reach for none. */
export const noDatabase: Database = { query: refuse, transaction: refuse, close: () => Promise.resolve() };
