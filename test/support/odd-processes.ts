import { workflowInfo } from '@temporalio/workflow';
import * as z from 'zod/mini';
import { hours } from '../../src/contracts/duration';
import { about, budget, defineProcess, texts } from './process-basics';

const isContinued = () => workflowInfo().continuedFromExecutionRunId !== undefined;

/** Asks something else whenever it runs again. */
export const impure = defineProcess({
  ...about,
  name: 'impure',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    await run.agent('writer', { topic: `lucky number ${Math.random()}` }, { about: 'a lucky number' });
    return (await run.agent('writer', { topic: 'after' }, { about: 'what follows' })).text;
  },
});

/** Keeps asking the same. */
export const stubborn = defineProcess({
  ...about,
  name: 'stubborn',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    for (;;) await run.tool('lookUp', { key: 'again' });
  },
});

/** Takes no failure for an answer. */
export const relentless = defineProcess({
  ...about,
  name: 'relentless',
  input: z.strictObject({}),
  output: z.string(),
  budget: { ...budget, callsMax: 5 },
  async execute(run) {
    for (let count = 0; ; count += 1) {
      try {
        await run.tool('lookUp', { key: `attempt ${count}` });
      } catch {
        await run.sleep(hours(1)).catch(() => undefined);
      }
    }
  },
});

/** Asks something only in its first execution. */
export const forgetful = defineProcess({
  ...about,
  name: 'forgetful',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    if (!isContinued()) await run.agent('writer', { topic: 'once' }, { about: 'asked once' });
    await run.tool('lookUp', { key: 'then' });
    return (await run.agent('writer', { topic: 'after' })).text;
  },
});

/** Asks something more as soon as it is continued. */
export const talkative = defineProcess({
  ...about,
  name: 'talkative',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    if (isContinued()) await run.agent('writer', { topic: 'more' }, { about: 'something more' });
    await run.agent('writer', { topic: 'first' }, { about: 'the first' });
    return (await run.agent('writer', { topic: 'after' })).text;
  },
});

/** Has a programmer's error. */
export const clumsy = defineProcess({
  ...about,
  name: 'clumsy',
  input: z.strictObject({ topic: z.string() }),
  output: z.string(),
  budget,
  async execute(run, { topic }) {
    const { text } = await run.agent('writer', { topic });
    return (text as unknown as { author: { name: string } }).author.name;
  },
});

/** Has a programmer's error in a branch: nobody awaits what fails first. */
export const clumsyBranches = defineProcess({
  ...about,
  name: 'clumsyBranches',
  input: z.strictObject({ topics: z.array(z.string()) }),
  output: z.array(z.string()),
  budget,
  execute: (run, { topics }) =>
    run.map(topics, async (topic) => {
      const { value } = (await run.tool('lookUp', { key: topic })) as unknown as {
        value: { author: { name: string } };
      };
      return value.author.name;
    }),
});

/** Asks for two things at once and takes them one after the other. */
export const eager = defineProcess({
  ...about,
  name: 'eager',
  input: z.strictObject({}),
  output: z.string(),
  budget,
  async execute(run) {
    const value = run.tool('lookUp', { key: 'bad' });
    const pause = run.sleep(hours(1));
    const sign = run.approval('editorSignOff', { of: 'this', role: 'editor' });
    const found = await value;
    await pause;
    await sign;
    return found.value;
  },
});

/** Asks the same question twice at once. */
export const twins = defineProcess({
  ...about,
  name: 'twins',
  input: z.strictObject({ topic: z.string() }),
  output: texts,
  budget,
  async execute(run, { topic }) {
    const drafts = await Promise.all([run.agent('writer', { topic }), run.agent('writer', { topic })]);
    return drafts.map(({ text }) => text);
  },
});

/** Takes the time and an identifier for each of many items, and pauses as often. */
export const clockwork = defineProcess({
  ...about,
  name: 'clockwork',
  input: z.strictObject({ rounds: z.int() }),
  output: z.int(),
  budget,
  async execute(run, { rounds }) {
    const ids = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      await run.now();
      ids.add(await run.uuid());
      await run.sleep(hours(1));
    }
    return ids.size;
  },
});

/** Asks for an identifier in branches that come to it in the order in which their answers come. */
export const unevenBranches = defineProcess({
  ...about,
  name: 'unevenBranches',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget,
  async execute(run, { topics }) {
    return run.map(topics, async (topic) => {
      await run.agent('writer', { topic });
      const id = await run.uuid();
      return (await run.tool('lookUp', { key: `${topic} ${id}` })).value;
    });
  },
});

/** Takes whichever answer comes first, and whichever failure. */
export const impatient = defineProcess({
  ...about,
  name: 'impatient',
  input: z.strictObject({ topics: texts }),
  output: z.string(),
  budget,
  async execute(run, { topics }) {
    const first = await Promise.race(topics.map((topic) => run.agent('soloist', { topic })));
    const { value } = await run.tool('lookUp', { key: first.text });
    await run.tool('lookUp', { key: value });
    return value;
  },
});

/** Looks a key up, waits for an editor, and looks up what it was told, with what else it is given. */
export const relay = defineProcess({
  ...about,
  name: 'relay',
  input: z.strictObject({ key: z.string(), beside: z.unknown() }),
  output: z.string(),
  budget,
  async execute(run, { key, beside }) {
    const { value } = await run.tool('lookUp', { key });
    await run.approval('editorSignOff', { of: key, role: 'editor' });
    const again = { value, beside } as never; // the tool of these tests takes any key
    return (await run.tool('lookUp', { key: again })).value;
  },
});
