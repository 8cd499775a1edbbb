import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { engineVersion } from '../../src/contracts/manifest';
import { executionsOf, startEngine, type Engine, type RunHandle } from '../support/engine-world';
import globalSetup from '../support/global-setup';
import { withoutTraces } from '../support/golden-history';

/**
 * Records the histories of scenes into a folder, once for each version of the engine, a file for each execution of their
 * runs. A history that is there already is never overwritten. The oldest ones do not name their version.
 *
 * @param play starts a scene's run, and works on it until it has ended
 */
export async function recordHistories<Scene>(
  folder: string,
  scenes: Readonly<Record<string, Scene>>,
  play: (engine: Engine, scene: Scene) => Promise<RunHandle>,
): Promise<void> {
  await globalSetup();
  await mkdir(folder, { recursive: true });
  const engine = await startEngine();
  try {
    for (const [name, scene] of Object.entries(scenes)) {
      const path = (part: number) => join(folder, `${name}-engine-${engineVersion}-${part}.json`);
      if (existsSync(path(1))) continue;
      for (const [index, history] of (await executionsOf(await play(engine, scene))).entries()) {
        await writeFile(path(index + 1), `${withoutTraces(historyToJSON(history))}\n`);
      }
    }
  } finally {
    await engine.stop();
  }
}
