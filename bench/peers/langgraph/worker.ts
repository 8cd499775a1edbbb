import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { Pool } from 'pg';
import type { FromLanggraph, LanggraphOrder, ToLanggraph } from '../../systems/langgraph/messages';
import { graphsOn, type Graphs } from './graphs';
import { sizeOf } from './size';

/** Runs graphs on request until whoever started it is gone. */
async function main(): Promise<void> {
  const { databaseUrl, modelUrl } = JSON.parse(process.argv[2] ?? '') as LanggraphOrder; // the benchmark's own words
  const pool = new Pool({ connectionString: databaseUrl });
  const checkpointer = new PostgresSaver(pool);
  await checkpointer.setup();
  const graphs = graphsOn(checkpointer, modelUrl);
  process.on('message', (asked: ToLanggraph) => {
    answer(asked, graphs, pool).then(tell, (error: unknown) => {
      tell({ type: 'failed', id: asked.id, why: error instanceof Error ? error.message : String(error) });
    });
  });
  process.once('disconnect', () => {
    void pool.end().then(() => process.exit(0));
  });
  tell({ type: 'ready' });
}

async function answer(asked: ToLanggraph, graphs: Graphs, pool: Pool): Promise<FromLanggraph> {
  const { id } = asked;
  switch (asked.type) {
    case 'run':
      return { type: 'done', id, result: await graphs.invoke(id, asked.input, graphs.stateOf(asked.input)) };
    case 'takeUp':
      // Without a state, a graph goes on from the last checkpoint of its thread.
      return { type: 'done', id, result: await graphs.invoke(id, asked.input, null) };
    case 'weigh':
      return { type: 'weighed', id, size: await sizeOf(pool, id) };
  }
}

function tell(message: FromLanggraph): void {
  process.send?.(message);
}

void main();
