import { comparisonsFollowPlaybook } from '../../../src/activities/rules/comparisons-follow-playbook';
import type { Comparison } from '../../../src/contracts/risk';
import { playbook, sampleReview } from '../models/review/sample-review';
import { artifactNamed, artifactsOf } from './artifacts-of';

const { comparisons: right, findings } = sampleReview();
const artifacts = artifactsOf({ playbook: JSON.stringify(playbook) });
const judge = (output: readonly Comparison[], held = artifacts) =>
  comparisonsFollowPlaybook(output, { input: { findings, playbook: artifactNamed('playbook') }, artifacts: held });
const cap = right.find(({ category }) => category === 'Cap On Liability')!;
const law = right.find(({ category }) => category === 'Governing Law')!;
const withCap = (change: Partial<Comparison>) => right.map((one) => (one === cap ? { ...one, ...change } : one));

describe('comparisons', () => {
  it.each<[string, readonly Comparison[], RegExp]>([
    ['another standing', withCap({ standing: 'meetsPosition' }), /Cap On Liability: standing is “meetsPosition”, not/],
    ['another severity', withCap({ severity: 'low' }), /Cap On Liability: severity is “low”, not “high”/],
    ['no severity', withCap({ severity: null }), /Cap On Liability: severity is “none”, not “high”/],
    ['another position', withCap({ position: law.position }), /Cap On Liability: position is “The law of Delaware\.”/],
    ['other advice', withCap({ advice: 'Ask for a cap at the fees of 21 months.' }), /advice is “Ask for a cap at/],
    ['a citation too few', withCap({ citations: [] }), /Cap On Liability: does not cite s-2 “Except for breach/],
    [
      'a foreign citation',
      withCap({ citations: [...cap.citations, ...law.citations] }),
      /cites what was not found for/,
    ],
    ['a citation twice', withCap({ citations: [...cap.citations, ...cap.citations] }), /cites a clause twice/],
    ['one left out', right.filter((one) => one !== cap), /Cap On Liability: is compared 0 times, not once/],
    ['one twice', [...right, cap], /Cap On Liability: is compared 2 times, not once/],
  ])('go back with %s', async (_what, output, feedback) => {
    expect(await judge(output)).toMatchObject({
      verdict: 'retry',
      feedback: expect.stringMatching(feedback) as string,
    });
  });

  it('go back with a category that nobody looked for', async () => {
    const context = { input: { findings: [], playbook: artifactNamed('playbook') }, artifacts };
    expect(await comparisonsFollowPlaybook([cap], context)).toMatchObject({
      feedback: expect.stringContaining('Cap On Liability: nobody looked for it') as string,
    });
  });

  it('cannot be judged without the playbook', async () => {
    await expect(judge(right, artifactsOf({}))).rejects.toMatchObject({ type: 'ArtifactMissing' });
  });

  it('pass in any order', async () => {
    expect(await judge([...right].reverse())).toEqual({ verdict: 'accept' });
  });
});
