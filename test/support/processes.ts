import * as z from 'zod/mini';
import { days, hours } from '../../src/contracts/duration';
import type { Verdict } from '../../src/contracts/verdict';
import { about, budget, defineProcess, texts } from './process-basics';
import { interpret, Program } from './program';

export { anyProcess } from './any-process/process';
export * from './budget-processes';
export * from './model-processes';
export * from './odd-processes';
export * from './saga-processes';

/** Asks the writer about each topic, one after the other. */
export const chain = defineProcess({
  ...about,
  name: 'chain',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget,
  async execute(run, { topics }) {
    const written: string[] = [];
    for (const topic of topics) {
      const { text } = await run.agent('writer', { topic: [topic, ...written].join('+') }, { about: topic });
      written.push(text);
    }
    return written;
  },
});

/** Asks the writer about all topics, a few at once, with a sleep, a clock and a tool on the way. */
export const fanOut = defineProcess({
  ...about,
  name: 'fanOut',
  input: z.strictObject({ topics: texts, concurrencyMax: z.int() }),
  output: z.strictObject({ texts, startedAt: z.number(), id: z.string() }),
  budget,
  async execute(run, { topics, concurrencyMax }) {
    const startedAt = await run.now();
    const id = await run.uuid();
    await run.sleep(hours(1), { about: 'a pause' });
    const written = await run.map(
      topics,
      async (topic) => {
        const { value } = await run.tool('lookUp', { key: topic });
        return (await run.agent('writer', { topic: value }, { about: topic })).text;
      },
      { concurrencyMax },
    );
    return { texts: written, startedAt, id };
  },
});

/** One draft through every kind of gate. */
export const gated = defineProcess({
  ...about,
  name: 'gated',
  input: z.strictObject({ topic: z.string(), agent: z.enum(['writer', 'soloist']) }),
  output: z.string(),
  budget,
  async execute(run, { topic, agent }) {
    const { text } = await run.agent(agent, { topic }, { about: topic, gates: ['mentionsTopic', isCalm, 'critic'] });
    return text;
  },
});

function isCalm({ text }: { readonly text: string }): Verdict {
  return text.includes('!') ? { verdict: 'retry', feedback: 'Write calmly.' } : { verdict: 'accept' };
}

/** A draft that an editor signs off, with a deadline and an escalation. */
export const signOff = defineProcess({
  ...about,
  name: 'signOff',
  input: z.strictObject({ topic: z.string(), canEdit: z.boolean() }),
  output: z.strictObject({ text: z.string(), actor: z.string(), role: z.string(), decision: z.string() }),
  budget,
  async execute(run, { topic, canEdit }) {
    const draft = await run.agent('writer', { topic });
    const decided = await run.approval('editorSignOff', {
      of: draft,
      about: topic,
      role: 'editor',
      ...(canEdit ? { edit: z.strictObject({ text: z.string().check(z.minLength(3)) }) } : {}),
      withinMs: days(2),
      remindEveryMs: hours(20),
      escalateTo: 'chiefEditor',
    });
    return { text: decided.value.text, actor: decided.actor, role: decided.role, decision: decided.decision };
  },
});

/** Runs chains as children, one for each list of topics. */
export const family = defineProcess({
  ...about,
  name: 'family',
  input: z.strictObject({ lists: z.array(texts) }),
  output: z.array(texts),
  budget,
  execute: (run, { lists }) => run.map(lists, (topics) => run.process(chain, { topics }, { about: topics.join() })),
});

/** Books an item, then asks the writer, who may fail. */
export const booking = defineProcess({
  ...about,
  name: 'booking',
  input: z.strictObject({ item: z.string() }),
  output: z.string(),
  budget,
  async execute(run, { item }) {
    const { booking: reference } = await run.tool('book', { item }, { about: item });
    return (await run.agent('writer', { topic: reference })).text;
  },
});

/** Leaves out what it cannot have. */
export const lenient = defineProcess({
  ...about,
  name: 'lenient',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget: { ...budget, callsMax: 4 },
  async execute(run, { topics }) {
    const written: string[] = [];
    for (const topic of topics) {
      try {
        written.push((await run.agent('writer', { topic })).text);
      } catch (error) {
        run.leaveOut(topic, error instanceof Error ? error.name : 'unknown');
      }
    }
    return written;
  },
});

/** Interprets a small program: any shape of process that a test can think of. */
export const interpreter = defineProcess({
  ...about,
  name: 'interpreter',
  input: z.strictObject({ program: Program }),
  output: z.string(),
  budget,
  execute: (run, { program }) => interpret(run, program),
});

/** Runs a lenient process as a child, and one more step. */
export const guardian = defineProcess({
  ...about,
  name: 'guardian',
  input: z.strictObject({ topics: texts }),
  output: texts,
  budget,
  async execute(run, { topics }) {
    const written = await run.process(lenient, { topics }, { about: 'what can be had' });
    const { text } = await run.agent('writer', { topic: 'the last' });
    return [...written, text];
  },
});

/** Sleeps and waits for an editor at once, after a first step and before a last one. */
export const vigil = defineProcess({
  ...about,
  name: 'vigil',
  input: z.strictObject({ topics: texts }),
  output: z.strictObject({ actor: z.string(), role: z.string(), text: z.string(), sleptMs: z.number(), texts }),
  budget,
  async execute(run, { topics }) {
    const startedAt = await run.now();
    const sleeping = async () => {
      await run.sleep(hours(30), { about: 'a long pause' });
      return (await run.tool('lookUp', { key: `after ${await run.uuid()}` })).value;
    };
    const [decided, , written] = await Promise.all([
      run.approval('editorSignOff', {
        of: { text: 'the draft' },
        edit: z.strictObject({ text: z.string().check(z.minLength(3)) }),
        role: 'editor',
        withinMs: days(2),
        escalateTo: 'chiefEditor',
      }),
      sleeping(),
      run.map(topics, async (topic) => (await run.agent('writer', { topic })).text, { concurrencyMax: 1 }),
    ]);
    const sleptMs = (await run.now()) - startedAt;
    return { actor: decided.actor, role: decided.role, text: decided.value.text, sleptMs, texts: written };
  },
});

/** Has little time for its editor. */
export const hurried = defineProcess({
  ...about,
  name: 'hurried',
  input: z.strictObject({}),
  output: z.string(),
  budget: { ...budget, durationMsMax: hours(1) },
  async execute(run) {
    return (await run.approval('editorSignOff', { of: 'this', role: 'editor', withinMs: days(2) })).value;
  },
});
