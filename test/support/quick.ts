import type { World } from './engine-world';

/** Has a world's writer, its critic and its look-up called as local activities. */
export function withQuickOnes<Given extends World>(world: Given): Given {
  const { definitions, tools } = world;
  for (const name of ['writer', 'critic']) definitions[name] = { ...definitions[name]!, isQuick: true };
  tools['lookUp'] = { ...tools['lookUp']!, effect: 'none', isQuick: true };
  return world;
}
