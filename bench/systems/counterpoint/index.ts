import { join } from 'node:path';
import type { RunResult } from '../../../src/contracts/outcome';
import type { WorkResult } from '../../work/work';
import { bundleInto } from '../bundle';
import type { System } from '../system';
import { onTemporal } from '../temporal-system';

/** This project: the works as processes, on the activities and stores of its own worker. */
export const counterpoint: System = {
  name: 'counterpoint',
  about: 'this project; an agent is code that asks the model once, its tool is a step of the process',
  leavesOut: ({ kind }) => (kind === 'long' ? 'there is no agent loop yet' : undefined),
  async prepare(folder) {
    const bundleFile = join(folder, 'counterpoint.js');
    const bundleBytes = await bundleInto(bundleFile, join(__dirname, 'processes.js'));
    const workerFile = join(__dirname, 'worker.js');
    return onTemporal({ name: 'counterpoint', workerFile, bundleFile, bundleBytes, resultOf }, folder);
  },
};

function resultOf(returned: RunResult<WorkResult>): WorkResult {
  if (returned.outcome === 'completed') return returned.value;
  throw new Error(`The run ended ${returned.outcome}: ${JSON.stringify(returned)}`);
}
