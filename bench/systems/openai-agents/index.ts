import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPeers, peersMissing, runPeerProgram } from '../peer-build';
import type { System } from '../system';
import { onTemporal } from '../temporal-system';

const missing = peersMissing();

/** `@temporalio/openai-agents`: the OpenAI Agents SDK in Temporal workflows. */
export const openaiAgents: System = {
  name: 'openai-agents',
  about: '@temporalio/openai-agents; an agent with one tool as an activity, which stops on its first tool call',
  ...(missing === undefined ? {} : { missing }),
  leavesOut: ({ kind }) =>
    kind === 'wide' || kind === 'children' ? 'has no map of its own: the floor is what one would write' : undefined,
  async prepare(folder) {
    const programs = join(await buildPeers(), 'openai-agents');
    const bundleFile = join(folder, 'openai-agents.js');
    await runPeerProgram(join(programs, 'bundle.js'), [bundleFile]);
    const { size: bundleBytes } = await stat(bundleFile);
    const workerFile = join(programs, 'worker.js');
    return onTemporal({ name: 'openai-agents', workerFile, bundleFile, bundleBytes }, folder);
  },
};
