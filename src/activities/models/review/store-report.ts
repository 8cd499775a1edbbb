import type * as z from 'zod/mini';
import type { reportWriter } from '../../../agents/report-writer';
import type { Report } from '../../../contracts/contract-review';
import type { ArtifactStore } from '../../stores/artifact-store';
import { weakCategories } from '../clauses/weak-categories';
import { readContractText } from '../read-contract-text';
import { writeReport } from './write-report';

/**
 * Writes the report of a signed review and stores both its formats.
 *
 * @param readFirst ids of the risks that a reader should turn to first; none by default
 * @throws `ArtifactMissing` when the contract is lost
 */
export async function storeReport(
  { contract, playbook, signOff, ...review }: z.output<typeof reportWriter.input>,
  artifacts: ArtifactStore,
  readFirst: readonly string[] = [],
): Promise<Report> {
  const { name } = contract;
  const { markdown, html, quotes } = writeReport({
    ...review,
    contract: { name, ...(await readContractText(artifacts, contract)) },
    playbook,
    signOff: { ...signOff, decidedAt: new Date(signOff.decidedAt).toISOString() },
    weakCategories,
    readFirst,
  });
  return {
    markdown: await artifacts.put(Buffer.from(markdown), { mediaType: 'text/markdown', name: `${name}.md` }),
    html: await artifacts.put(Buffer.from(html), { mediaType: 'text/html', name: `${name}.html` }),
    quotes,
  };
}
