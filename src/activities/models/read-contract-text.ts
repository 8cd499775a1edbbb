import * as z from 'zod/mini';
import { Section, type Contract } from '../../contracts/clause';
import type { ArtifactStore } from '../stores/artifact-store';
import type { ContractText } from './clauses/find-clauses';
import { readText } from './read-text';

/**
 * Reads a contract's text and sections from the artifact store.
 *
 * @throws `ArtifactMissing` when either is lost
 */
export async function readContractText(artifacts: ArtifactStore, contract: Contract): Promise<ContractText> {
  const sections: unknown = JSON.parse(await readText(artifacts, contract.sections));
  return { text: await readText(artifacts, contract.text), sections: z.array(Section).parse(sections) };
}
