import { agents } from '../../src/agents';
import { chanceOf } from '../../src/build/shop/chance';
import { falsehoodKinds } from './falsehood';
import { observerIn, type HonestOutput, type Observer } from './observe';
import { inRunWorld, type RunWorld } from './run-world';
import type { Subject, SubjectInput } from './subject';
import { fateOf, volatileIn, type Honest, type Objection, type Trial, type Verdicted } from './trial';

export interface GateMeasurement {
  readonly process: string;
  readonly seed: number;
  readonly verdicts: readonly Verdicted[];
  /** Runs without a falsehood, and the objections in them: false alarms, each one. */
  readonly honestRuns: number;
  readonly falseAlarms: readonly (Objection & { readonly input: string })[];
}

export interface MeasureOptions {
  readonly subject: Subject;
  /** Falsehoods of each kind in each agent's outputs. */
  readonly trialsEach: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const atOnce = 3;
const hourMs = 3_600_000;

/** Runs a process over its inputs honestly, twice each, and then once for every falsehood. */
export async function measureGates(options: MeasureOptions): Promise<GateMeasurement> {
  let observer: Observer | undefined;
  return inRunWorld(
    (world) => (observer = observerIn(world)).interception,
    async (world) => {
      if (observer === undefined) throw new Error('Expected the world to have asked for its interception.');
      try {
        return await measureIn(world, observer, options);
      } finally {
        await options.subject.close?.();
      }
    },
  );
}

interface HonestInput extends Honest {
  readonly input: SubjectInput;
  readonly outputs: readonly HonestOutput[];
}

async function measureIn(world: RunWorld, observer: Observer, options: MeasureOptions): Promise<GateMeasurement> {
  const { subject, seed, say } = options;
  const inputs = await subject.inputs(world.services);
  const first = await each(inputs, (input) => observer.observe(subject, input));
  // Another time of day: what changes with it says nothing about a falsehood.
  await world.skip(25 * hourMs);
  const second = await each(inputs, (input) => observer.observe(subject, input));
  const honest = inputs.map((input, index): HonestInput => {
    const [one, other] = [first[index], second[index]];
    if (one === undefined || other === undefined) throw new Error('Expected two honest runs of each input.');
    return { input, observed: one, outputs: one.outputs, volatile: volatileIn(one.delivery, other.delivery) };
  });
  const falseAlarms = [...first, ...second].flatMap(({ objections }, index) =>
    objections.map((objection) => ({ ...objection, input: inputs[index % inputs.length]?.name ?? '' })),
  );
  say(`${subject.name}: ${inputs.length} inputs run honestly, ${falseAlarms.length} false alarms`);
  const trials = planned(honest, options);
  let done = 0;
  const verdicts = await each(trials, async (trial) => {
    const own = honest.find(({ input }) => input.name === trial.input);
    if (own === undefined) throw new Error(`Expected an honest run of ${trial.input}.`);
    const others = honest.flatMap(({ outputs }) =>
      outputs.filter(({ agent }) => agent === trial.agent).map(({ output }) => output),
    );
    const observed = await observer.observe(subject, own.input, { trial, others });
    done += 1;
    if (done % 20 === 0) say(`${subject.name}: ${done} of ${trials.length} falsehoods seeded`);
    if (observed.falsehood === undefined) return [];
    return [{ ...trial, ...fateOf(observed, own), what: observed.falsehood }];
  });
  return { process: subject.name, seed, verdicts: verdicts.flat(), honestRuns: 2 * inputs.length, falseAlarms };
}

/** As many falsehoods of each kind for each agent, each in a step and an input drawn by chance. */
function planned(honest: readonly HonestInput[], { trialsEach, seed }: MeasureOptions): Trial[] {
  const chance = chanceOf(seed);
  const names = new Set(honest.flatMap(({ outputs }) => outputs.map(({ agent }) => agent)));
  const producers = [...names].filter((name) => agents[name as keyof typeof agents].isReviewer !== true); // asked by the run
  return producers.flatMap((agent) =>
    falsehoodKinds.flatMap((kind) =>
      Array.from({ length: trialsEach }, (): Trial => {
        const { input, outputs } = chance.one(honest.filter((one) => one.outputs.some((own) => own.agent === agent)));
        const { step } = chance.one(outputs.filter((own) => own.agent === agent));
        return { input: input.name, agent, step, kind, seed: chance.whole(1, 2 ** 30) };
      }),
    ),
  );
}

/** Works on a few items at once; answers keep the items' order. */
async function each<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = [...items.entries()];
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) answers[next[0]] = await work(next[1]);
  });
  await Promise.all(workers);
  return answers;
}
