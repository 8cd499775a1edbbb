import { join } from 'node:path';
import { bundleInto } from '../bundle';
import type { System } from '../system';
import { onTemporal } from '../temporal-system';

/** The floor: the same activities in workflows written by hand. */
export const floor: System = {
  name: 'floor',
  about: 'hand-written Temporal workflows with the same activities and no framework; transcripts by reference',
  async prepare(folder) {
    const bundleFile = join(folder, 'floor.js');
    const bundleBytes = await bundleInto(bundleFile, join(__dirname, 'workflows.js'));
    const workerFile = join(__dirname, 'worker.js');
    return onTemporal({ name: 'floor', workerFile, bundleFile, bundleBytes }, folder);
  },
};
