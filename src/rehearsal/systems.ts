import { mailer } from '../activities/outside/mailer';
import { paymentProvider } from '../activities/outside/payment-provider';
import type { Services } from '../activities/services';
import type { ArtifactStore } from '../activities/stores/artifact-store';
import { openEmbeddedDatabase } from '../activities/stores/embedded-database';
import { openMatters } from '../activities/stores/matters';
import { reportFolder } from '../activities/stores/report-folder';
import { openServerDatabase } from '../activities/stores/server-database';
import type { RehearsalOrder } from '../contracts/rehearsal';
import type { SystemsState } from '../contracts/systems-state';
import { readState } from './read-state';

/** A copy of the systems, opened. */
export interface Systems {
  readonly services: Services;
  readonly readState: () => Promise<SystemsState>;
}

/** Opens the copy of the systems that an order names. It is closed by the end of this process. */
export async function openSystems(
  { systems, playbookFile }: Pick<RehearsalOrder, 'systems' | 'playbookFile'>,
  artifacts: ArtifactStore,
): Promise<Systems> {
  const { database: at, reports, outside } = systems;
  const database = 'url' in at ? await openServerDatabase(at.url) : await openEmbeddedDatabase(at.folder);
  return {
    services: {
      artifacts,
      matters: openMatters(database),
      database,
      payments: paymentProvider(outside.paymentProviderUrl),
      mailer: mailer(outside.mailerUrl),
      reports: reportFolder(reports),
      playbookFile,
    },
    readState: () => readState(database.query, systems),
  };
}
