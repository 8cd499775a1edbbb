import { secondReader } from '../../../../src/activities/models/forms/second-reader';
import { Verdict } from '../../../../src/contracts/verdict';
import { artifactsOf } from '../../rules/artifacts-of';
import { sampleReview } from '../review/sample-review';

const { findings, terms, comparisons, assessment } = sampleReview();
const sources = { findings: [...findings], terms, comparisons: [...comparisons] };
const input = { objective: 'Assess the risks.', input: sources, output: assessment };
const roomy = { artifacts: artifactsOf({}), openingBytesMax: 50_000 };
type Written = Parameters<typeof secondReader.join>[0][number]['wrong'];
const judge = (...wrong: Written) => secondReader.faultOf?.({ part: 0, value: { wrong } }, input, roomy);

const statement = assessment.risks[0]?.statement ?? '';
const words = statement.split(' ').slice(0, 4).join(' ');
const reproach = { id: 'R1', words, problem: 'The quote says otherwise.' };

describe('a reproach that a model made', () => {
  it.each<[string, Partial<Written[number]>, RegExp]>([
    ['is about no statement', { id: 'R99' }, /R99: is none of the statements above/],
    [
      'blames words that do not stand there',
      { words: 'a penalty of millions' },
      /“a penalty of millions” does not stand/,
    ],
    ['names no problem', { problem: '?' }, /R1: names no problem/],
    ['is too long', { problem: 'wrong '.repeat(60) }, /R1: its problem is over 300 characters/],
  ])('goes back when it %s', async (_what, change, fault) => {
    expect(await judge({ ...reproach, ...change })).toMatch(fault);
  });

  it('sends the assessment back with the words that are wrong', async () => {
    expect(await judge(reproach)).toBeUndefined();
    const verdict = Verdict.parse(await secondReader.join([{ wrong: [reproach] }], input, roomy));
    expect(verdict).toEqual({
      verdict: 'retry',
      feedback: `The assessment is wrong.\n- R1: “${words}”: The quote says otherwise.`,
    });
  });
});

it('does not let a model pass what code finds wrong', async () => {
  const milder = { ...input, output: { ...assessment, recommendation: 'sign' as const } };
  expect(Verdict.parse(await secondReader.join([{ wrong: [] }], milder, roomy))).toMatchObject({ verdict: 'retry' });
});

it('accepts when neither has a reproach', async () => {
  expect(Verdict.parse(await secondReader.join([{ wrong: [] }], input, roomy))).toEqual({ verdict: 'accept' });
});
