import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { fileArtifactStore } from '../../../src/activities/stores/artifact-store';
import { offloadingDataConverter } from '../../../src/activities/stores/payload-store';

/** Reads and writes large payloads in the artifacts of a worker's folder. */
export function dataConverterOf(folder: string): DataConverter {
  return offloadingDataConverter(fileArtifactStore(join(folder, 'artifacts')));
}
