import type { Session } from './session';

/** Where a run is in the Temporal UI, for the end of a line; nothing when the UI's address is not known. */
export function uiLink({ up, config }: Session, runId: string): string {
  const base = up?.uiUrl;
  return base === undefined ? '' : `: ${base}/namespaces/${config.namespace}/workflows/${encodeURIComponent(runId)}`;
}
