import type { Artifact } from '../../contracts/artifact';
import type { ArtifactStore } from '../stores/artifact-store';

/**
 * Reads an artifact as text.
 *
 * @throws `ArtifactMissing` when it is lost
 */
export async function readText(artifacts: ArtifactStore, artifact: Artifact): Promise<string> {
  return Buffer.from(await artifacts.get(artifact)).toString('utf8');
}
