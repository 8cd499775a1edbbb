import { findTemporalBinary } from '../../src/client/up/temporal-binary';
import { loadConfig } from '../../src/config';

/** Finds the Temporal server binaries once, by the order that users get, before any test file asks for them. */
export default async function globalSetup(): Promise<void> {
  const { cacheDir } = loadConfig(process.env);
  const options = { cacheDir, env: process.env };
  process.env['TEMPORAL_CLI_PATH'] = await findTemporalBinary('temporal', options);
  process.env['TEMPORAL_TEST_SERVER_PATH'] = await findTemporalBinary('temporal-test-server', options);
}
