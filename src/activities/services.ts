import type { Mailer } from './outside/mailer';
import type { PaymentProvider } from './outside/payment-provider';
import type { ArtifactStore } from './stores/artifact-store';
import type { Database } from './stores/database';
import type { Matters } from './stores/matters';
import type { ReportFolder } from './stores/report-folder';

/** The outside world as tools, rules and code-backed agents reach it. Tests pass their own. */
export interface Services {
  readonly artifacts: ArtifactStore;
  readonly matters: Matters;
  /** The shop and the records of what was done to it. */
  readonly database: Database;
  readonly payments: PaymentProvider;
  readonly mailer: Mailer;
  readonly reports: ReportFolder;
  /** The playbook that lawyers edit. */
  readonly playbookFile: string;
}
