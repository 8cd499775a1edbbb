import { join } from 'node:path';
import type { RunResult } from '../../../src/contracts/outcome';
import type { WorkResult } from '../../work/work';
import { bundleInto, bundleProcessesInto } from '../bundle';
import type { System } from '../system';
import { onTemporal } from '../temporal-system';
import { dataConverterOf } from './data-converter';
import { measureRework } from './measure-rework';

/** This project: the works as processes, on the activities and stores of its own worker. */
export const counterpoint: System = {
  name: 'counterpoint',
  about: 'this project; an agent asks the model in its own loop, a tool is a step of the process or of the agent',
  prepare: async (folder) => ({
    ...(await prepare('counterpoint', folder)),
    measureRework,
  }),
};

/** The same with everything on that checks and limits. */
export const gated: System = {
  name: 'gated',
  about: 'this project with two gates on each output, a rule and a function, and a budget of the order of the work',
  leavesOut: ({ kind }) =>
    kind === 'chain' || kind === 'fanOut'
      ? undefined
      : 'is not measured: its gates check the outputs of chains and fans',
  prepare: (folder) => prepare('gated', folder, { processes: 'gated-processes.js' }),
};

/** The same without a model, and nothing but quick calls. */
export const local: System = {
  name: 'local',
  about:
    'this project where the agent is code and both it and the tool are quick: local activities. It asks no model, so its ratios are to work that does, without delay',
  asksNoModel: true,
  leavesOut: ({ kind }, delayMs) => {
    if (kind !== 'chain') return 'is not measured: quick calls are compared in chains';
    return delayMs === 0 ? undefined : 'is not measured: it asks no model that could be slow';
  },
  prepare: (folder) => prepare('local', folder, { worker: 'local-worker.js' }),
};

/** What the engine alone costs: its activities without it. */
export const byHand: System = {
  name: 'by-hand',
  about:
    'the hand-written workflows of the floor on the activities of this project: models streamed, transcripts kept, inputs and outputs held to schemas, but no engine',
  leavesOut: ({ kind }) =>
    kind === 'chain' || kind === 'fanOut'
      ? undefined
      : 'is not measured: only chains and fans are written on these activities',
  async prepare(folder) {
    const bundleFile = join(folder, 'by-hand.js');
    const bundleBytes = await bundleInto(bundleFile, join(__dirname, 'by-hand-workflows.js'));
    const workerFile = join(__dirname, 'worker.js');
    return onTemporal({ name: 'by-hand', workerFile, bundleFile, bundleBytes, dataConverterOf }, folder);
  },
};

interface Files {
  /** Default: those without gates. */
  readonly processes?: string;
  /** Default: the one with the agents that think with the model. */
  readonly worker?: string;
}

async function prepare(name: string, folder: string, { processes = 'processes.js', worker = 'worker.js' }: Files = {}) {
  const bundleFile = join(folder, `${name}.js`);
  const bundleBytes = await bundleProcessesInto(bundleFile, join(__dirname, processes));
  const workerFile = join(__dirname, worker);
  return onTemporal({ name, workerFile, bundleFile, bundleBytes, resultOf, dataConverterOf }, folder);
}

function resultOf(returned: RunResult<WorkResult>): WorkResult {
  if (returned.outcome === 'completed') return returned.value;
  throw new Error(`The run ended ${returned.outcome}: ${JSON.stringify(returned)}`);
}
