import * as z from 'zod/mini';

const everyAgent = '*';
const preferencesMax = 200;
const modelsMax = 10;

/** Models in order of preference, by agent; those under `*` are for every agent that is not named. */
export type ModelPreferences = Readonly<Record<string, readonly [string, ...string[]]>>;

/** Reads `clauseExtractor=small|large,secondReader=code,*=gpt-5-mini|code`. Whether the names exist is not known here. */
export const ModelPreferences = z.pipe(
  z.string().check(z.maxLength(10_000)),
  z.transform((text, { issues }): ModelPreferences => {
    const pairs = text.split(',').map((part) => part.trim());
    const preferences = new Map<string, readonly [string, ...string[]]>();
    const refuse = (message: string) => issues.push({ code: 'custom', message, input: text });
    if (pairs.length > preferencesMax) refuse(`expected at most ${preferencesMax} agents`);
    for (const pair of pairs) {
      const [, agent = '', names = ''] = /^([^=|\s]+)\s*=\s*(.+)$/.exec(pair) ?? [];
      const [first = '', ...others] = names.split('|').map((name) => name.trim());
      if (agent === '' || [first, ...others].some((name) => !/^[^=|\s]+$/.test(name))) {
        refuse(`expected AGENT=MODEL|MODEL, came ${JSON.stringify(pair)}`);
      } else if (preferences.has(agent)) refuse(`${agent} is named twice`);
      else if (new Set([first, ...others]).size <= others.length) refuse(`${agent} has a model twice`);
      else if (others.length >= modelsMax) refuse(`expected at most ${modelsMax} models for ${agent}`);
      else preferences.set(agent, [first, ...others]);
    }
    return Object.fromEntries(preferences);
  }),
);

/** The models that are preferred for an agent, if any are. */
export function preferredModels(
  preferences: ModelPreferences,
  agent: string,
): readonly [string, ...string[]] | undefined {
  return Object.hasOwn(preferences, agent) ? preferences[agent] : preferences[everyAgent];
}

/** The agents that are named one by one. */
export function namedAgents(preferences: ModelPreferences): readonly string[] {
  return Object.keys(preferences).filter((name) => name !== everyAgent);
}
