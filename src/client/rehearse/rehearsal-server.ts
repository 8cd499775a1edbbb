import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { DataConverter } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { searchAttributes } from '../../contracts/search-attributes';

/** The types of search attributes with their numbers in Temporal's API. */
const typeNumbers = { KEYWORD: 2, KEYWORD_LIST: 7 } as const;

/** A server of a rehearsal's own, on which time is skipped while nothing is in flight. */
export interface RehearsalServer extends Pick<TestWorkflowEnvironment, 'client' | 'address'> {
  readonly namespace: string;
  /** Lets time pass for a call whose worker is gone, so that the server misses it. */
  readonly passTime: (ms: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a time-skipping server. Time is that of the whole server, so one run at a time is rehearsed on it.
 *
 * @param binary the program: see findTemporalBinary
 */
export async function startRehearsalServer(binary: string, dataConverter: DataConverter): Promise<RehearsalServer> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: binary } },
    client: { dataConverter },
  });
  const namespace = environment.namespace ?? 'default';
  // This server can add search attributes but not list them.
  await environment.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      Object.values(searchAttributes).map(({ name, type }) => [name, typeNumbers[type]]),
    ),
  });
  return {
    client: environment.client,
    address: environment.address,
    namespace,
    passTime: (ms) => environment.sleep(ms),
    stop: () => environment.teardown(),
  };
}

/** The SDK's native part would otherwise log to standard output, into the document that programs read. */
export function logErrorsOnly(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
}
