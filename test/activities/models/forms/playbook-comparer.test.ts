import { playbookComparer } from '../../../../src/activities/models/forms/playbook-comparer';
import { comparePlaybook } from '../../../../src/activities/models/review/compare-playbook';
import { comparisonsFollowPlaybook } from '../../../../src/activities/rules/comparisons-follow-playbook';
import type { Comparison } from '../../../../src/contracts/risk';
import { artifactNamed, artifactsOf } from '../../rules/artifacts-of';
import { playbook, sampleReview } from '../review/sample-review';

const findings = [...sampleReview().findings];
const input = { findings, playbook: artifactNamed('playbook') };
const artifacts = artifactsOf({ playbook: JSON.stringify(playbook) });
const roomy = { artifacts, openingBytesMax: 50_000 };
type Written = Parameters<typeof playbookComparer.join>[0][number]['standings'];
const judge = (...standings: Written) => playbookComparer.faultOf?.({ part: 0, value: { standings } }, input, roomy);

/** What the playbook's own tests say, by the ids that a model is asked for. */
async function rightStandings(): Promise<Written> {
  const [only] = await playbookComparer.open(input, roomy);
  const ids = [...(only?.material ?? '').matchAll(/^(C\d+) (.+)$/gm)];
  const standingOf = (category?: string) =>
    comparePlaybook(findings, playbook).find((comparison) => comparison.category === category)?.standing;
  return ids.map(([, c = '', category]) => ({ c, is: standingOf(category) }) as Written[number]); // each has an entry
}

describe('standings that a model gave', () => {
  it('go back when a category is not answered, is answered twice, or was not asked for', async () => {
    const [first, ...others] = await rightStandings();
    if (first === undefined) throw new Error('Expected categories to be asked for.');
    expect(await judge(...others)).toMatch(/C1: not answered/);
    expect(await judge(first, first, ...others)).toMatch(/C1: answered more than once/);
    expect(await judge(first, ...others, { c: 'C77', is: 'deviates' })).toMatch(/C77: nobody asked for it/);
  });

  it('go back when the playbook has no words for them', async () => {
    const standings = (await rightStandings()).map(({ c }) => ({ c, is: 'dealBreaker' as const }));
    expect(await judge(...standings)).toMatch(/the playbook names no dealBreaker for it/);
  });

  it('are held by the playbook’s own tests, once joined', async () => {
    const right = await rightStandings();
    const standings = right.map((one) => (one.is === 'meetsPosition' ? { ...one, is: 'deviates' as const } : one));
    expect(await judge(...standings)).toBeUndefined();
    const output = (await playbookComparer.join([{ standings }], input, roomy)) as Comparison[];
    expect(await comparisonsFollowPlaybook(output, { input, artifacts })).toMatchObject({ verdict: 'retry' });
  });

  it('become comparisons with the playbook’s words and the quotes', async () => {
    const standings = await rightStandings();
    expect(await judge(...standings)).toBeUndefined();
    const output = (await playbookComparer.join([{ standings }], input, roomy)) as Comparison[];
    expect(output).toEqual(expect.arrayContaining(comparePlaybook(findings, playbook)));
    expect(await comparisonsFollowPlaybook(output, { input, artifacts })).toEqual({ verdict: 'accept' });
  });

  it('are asked for in several parts where one has no room, each category once', async () => {
    const parts = await playbookComparer.open(input, { artifacts, openingBytesMax: 1_450 });
    const ids = parts.flatMap(({ material }) => [...material.matchAll(/^(C\d+) /gm)].map(([, id]) => id));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]?.task).toMatch(/The ids are C1, C2[^\n]*; each must be answered\.$/);
    expect(ids).toEqual(playbook.entries.map((_entry, index) => `C${index + 1}`));
  });
});
