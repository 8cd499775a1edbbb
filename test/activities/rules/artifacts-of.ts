import type { ArtifactStore } from '../../../src/activities/stores/artifact-store';
import type { Artifact } from '../../../src/contracts/artifact';
import { failure } from '../../../src/contracts/failures';

/** An artifact of this name, to be looked up by it. */
export function artifactNamed(name: string, mediaType = 'text/plain'): Artifact {
  return { sha256: 'a'.repeat(64), bytes: 1, mediaType, name };
}

/** Holds texts by the names of their artifacts. */
export function artifactsOf(texts: Readonly<Record<string, string>>): ArtifactStore {
  return {
    put: () => Promise.reject(new Error('A rule stores nothing.')),
    get({ name }) {
      const text = texts[name];
      return text === undefined
        ? Promise.reject(failure('ArtifactMissing', 'lost'))
        : Promise.resolve(Buffer.from(text));
    },
  };
}
