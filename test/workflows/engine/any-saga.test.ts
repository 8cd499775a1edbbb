import fc from 'fast-check';
import { anyWorld } from '../../support/any-process/catalogue';
import { wrongsOf } from '../../support/any-process/checks';
import { anyCase } from '../../support/any-process/draw';
import { Driver, type Driven } from '../../support/any-process/drive';
import type { AnyCase } from '../../support/any-process/plan';
import type { AnyProgram } from '../../support/any-process/program';
import { reportOf } from '../../support/any-process/report';
import { smallerThan } from '../../support/any-process/shrink';
import type { Defect, Happening } from '../../support/any-process/run-world';
import { startEngine, type Engine } from '../../support/engine-world';

/** Case number n is drawn from seed n alone, so that one can be run again. */
const firstSeed = Number(process.env.COUNTERPOINT_ANY_SEED ?? 1);
const casesCount = Number(process.env.COUNTERPOINT_ANY_CASES ?? 1_000);
const inFlightMax = 30;
/** How often a case that went wrong is made smaller, with so many tries at once. */
const shrinkingsMax = 12;
const triesAtOnce = 20;

let engine: Engine;
let driver: Driver;
let notifyUrl: string;

// Many runs share the clock of a time-skipping server: one that waits would have all the others' time skipped.
beforeAll(async () => {
  engine = await startEngine({ isReal: true });
  driver = new Driver(engine.client, 'anyProcess');
  notifyUrl = await driver.listen();
});

afterAll(async () => {
  driver.stop();
  await engine.stop();
});

const withWorker = <Result>(work: (taskQueue: string) => Promise<Result>) =>
  engine.withWorker(anyWorld(driver.worlds, notifyUrl), work);

interface Finding {
  readonly drawn: AnyCase;
  readonly driven: Driven;
  readonly wrongs: readonly string[];
}

interface WrongCase extends Finding {
  readonly seed: number;
}

async function findingOf(drawn: AnyCase, taskQueue: string, defect?: Defect): Promise<Finding> {
  const driven = await driver.drive(drawn, taskQueue, defect);
  return { drawn, driven, wrongs: wrongsOf(drawn, driven) };
}

describe(`a process of any shape, whatever fails and whoever rejects (${casesCount} from seed ${firstSeed})`, () => {
  it('leaves the world as a clean run with the final answers would, or as it was', async () => {
    const findings: Finding[] = [];
    await withWorker(async (taskQueue) => {
      const wrong = await firstWrong(findings, taskQueue);
      if (wrong !== undefined) throw new Error(await reportOnSmallest(wrong, taskQueue));
    });
    const shareOf = (isIt: (finding: Finding) => boolean) => findings.filter(isIt).length;
    const sees = (what: Happening['what']) =>
      shareOf(({ driven }) => driven.world.log.some((happening) => happening.what === what));
    expect(findings).toHaveLength(casesCount);
    expect(shareOf(({ driven }) => outcomeOf(driven) === 'completed')).toBeGreaterThanOrEqual(
      Math.floor(casesCount / 3),
    );
    expect(shareOf(({ driven }) => outcomeOf(driven) === 'rolledBack')).toBeGreaterThanOrEqual(
      Math.floor(casesCount / 10),
    );
    expect(sees('reject')).toBeGreaterThanOrEqual(Math.floor(casesCount / 4));
    expect(sees('undo')).toBeGreaterThanOrEqual(Math.floor(casesCount / 4));
  }, 1_200_000);
});

function outcomeOf({ result }: Driven): string {
  return result === 'did not end' ? result : result.outcome;
}

describe('the comparison with a clean run', () => {
  const plan = { faults: {}, undoFaults: {}, gates: {}, refusals: [], rejections: [], interruptions: [] };
  const leaf = { uses: 'nothing' } as const;
  const booked = { do: 'effect', tool: 'book', site: 's1', ...leaf } as const;
  const parts: AnyProgram[] = [booked, { do: 'read', site: 's2', ...leaf }, { do: 'sign', site: 's3', ...leaf }];
  const drawn: AnyCase = { seed: 1, program: { do: 'sequence', parts }, plan };

  it.each<[Defect, Partial<AnyCase['plan']>, RegExp]>([
    ['undoes nothing', { faults: { s2: 'refused' } }, /the effect book s1 not to stand after the run was rolled back/],
    ['undoes nothing', { rejections: [{ at: 's3', blames: 0 }] }, /Expected 1 of the effect book s1 to stand, not 2/],
    [
      'does it again for each attempt',
      { faults: { s1: 'brokenAfter' } },
      /Expected 1 of the effect book s1 to stand, not 2/,
    ],
  ])(
    'notices a world that %s, with %j',
    async (defect, broken, wrong) => {
      const given = { ...drawn, plan: { ...plan, ...broken } };
      await withWorker(async (taskQueue) => {
        expect((await findingOf(given, taskQueue)).wrongs).toEqual([]);
        expect((await findingOf(given, taskQueue, defect)).wrongs.join()).toMatch(wrong);
      });
    },
    120_000,
  );
});

/** Drives all cases, a few at once; after a first that went wrong no other is begun. */
async function firstWrong(findings: Finding[], taskQueue: string): Promise<WrongCase | undefined> {
  let next = 0;
  let wrong: WrongCase | undefined;
  const work = async () => {
    while (next < casesCount && wrong === undefined) {
      const seed = firstSeed + next++;
      const finding = await findingOf(fc.sample(anyCase, { seed, numRuns: 1 })[0]!, taskQueue);
      findings.push(finding);
      if (finding.wrongs.length > 0) wrong ??= { ...finding, seed };
    }
  };
  await Promise.all(Array.from({ length: inFlightMax }, work));
  return wrong;
}

/** Makes what went wrong smaller as long as it goes wrong, and says all about the smallest. */
async function reportOnSmallest(wrong: WrongCase, taskQueue: string): Promise<string> {
  let smallest: Finding = wrong;
  for (let round = 0; round < shrinkingsMax; round += 1) {
    const tries = smallerThan(smallest.drawn).slice(0, triesAtOnce);
    const findings = await Promise.all(tries.map((drawn) => findingOf(drawn, taskQueue)));
    const smaller = findings.find(({ wrongs }) => wrongs.length > 0);
    if (smaller === undefined) break;
    smallest = smaller;
  }
  const again = `COUNTERPOINT_ANY_SEED=${wrong.seed} COUNTERPOINT_ANY_CASES=1`;
  return `Seed ${wrong.seed} went wrong; ${again} draws it again. The smallest that went wrong like it:\n${reportOf(smallest)}`;
}
