import * as z from 'zod/mini';
import { defineTool } from '../../src/activities/tools/define-tool';
import { newWorld, type World } from './engine-world';

/** A world whose tool answers its first question with a text, notes what it is asked, and says so. */
export function relayWorld(text: string): World & { readonly keys: unknown[] } {
  const world = newWorld();
  const keys: unknown[] = [];
  world.tools['lookUp'] = defineTool({
    description: 'Look anything up.',
    effect: 'none',
    input: z.strictObject({ key: z.unknown() }),
    output: z.strictObject({ value: z.string() }),
    execute({ key }) {
      keys.push(key);
      return Promise.resolve({ value: typeof key === 'string' ? text : 'noted' });
    },
  });
  return Object.assign(world, { keys });
}
