import { join } from 'node:path';
import { bundleInto } from '../bundle';
import type { System } from '../system';
import { onTemporal } from '../temporal-system';

/** The floor: workflows written by hand, on the plainest activities that do the work. */
export const floor: System = {
  name: 'floor',
  about:
    'hand-written Temporal workflows with no framework, on activities of their own that do no more than the work asks: a model asked by one request, nothing checked; transcripts by reference',
  async prepare(folder) {
    const bundleFile = join(folder, 'floor.js');
    const bundleBytes = await bundleInto(bundleFile, join(__dirname, 'workflows.js'));
    const workerFile = join(__dirname, 'worker.js');
    return onTemporal({ name: 'floor', workerFile, bundleFile, bundleBytes }, folder);
  },
};
