import fc from 'fast-check';
import type { Attempt } from '../../../src/contracts/journal';
import type { AgentCard } from '../../../src/contracts/manifest';
import type { Verdict } from '../../../src/contracts/verdict';
import { nextMove, personRoundsMax, type Move } from '../../../src/workflows/engine/next-move';

const card = (name: string, models: readonly [string, ...string[]], attemptsMax: number): AgentCard => ({
  ...{ name, models, attemptsMax },
  ...{ version: '1', owner: 'tests', objective: '', isReviewer: false, escalateTo: 'editor', timeoutMs: 1 },
});
const cards = [card('writer', ['m1', 'm2'], 2), card('understudy', ['m3'], 1)];

const judged = (by: string, verdict: Verdict, output: unknown = 'x'): Attempt => ({
  by,
  result: { type: 'judged', gate: 'g', verdict, output },
});
const again = (by: string, feedback = 'again'): Attempt => judged(by, { verdict: 'retry', feedback }, `by ${by}`);
const failed = (by: string): Attempt => ({
  by,
  result: { type: 'failed', failure: { type: 'StepFailed', message: `${by} failed`, details: {} } },
});
const unusable = (by: string): Attempt => ({
  by,
  result: { type: 'failed', failure: { type: 'ModelUnusable', message: 'No quota is left.', details: {} } },
});
const told = (feedback: string): Attempt => ({ by: 'person:ada', result: { type: 'feedback', feedback } });
const drafted = (by: string): Attempt => ({ by, result: { type: 'drafted', output: 'x' } });
const attempt = (agent: string, model: string, ...feedback: string[]): Move => ({
  ...{ move: 'attempt', agent, model, feedback },
  hasAlternative: agent !== 'understudy',
});

const allSpent = [again('writer/m1'), again('writer/m1'), failed('writer/m2'), again('understudy/m3', 'no')];

describe('the next move of an agent step', () => {
  it.each<[string, Attempt[], Move]>([
    [
      'gives up when a person was asked as often as allowed',
      [...allSpent, ...Array<Attempt>(personRoundsMax).fill(again('person:ada', 'still no'))],
      { move: 'giveUp', feedback: 'still no' },
    ],
    [
      'is a rejection when a gate rejects',
      [judged('writer/m1', { verdict: 'reject', feedback: 'wrong', blame: 'lookUp-1' })],
      { move: 'reject', feedback: 'wrong', blame: 'lookUp-1' },
    ],
    [
      'is a person when a gate escalates, whatever is left to try',
      [judged('writer/m1', { verdict: 'escalate', feedback: 'unsure' })],
      { move: 'askPerson', output: 'x', feedback: 'unsure' },
    ],
    [
      'is a person when every attempt is used up, with the last output',
      allSpent,
      { move: 'askPerson', output: 'by understudy/m3', feedback: 'no' },
    ],
    [
      'is a person again when the person’s output did not pass',
      [...allSpent, again('person:ada', 'worse')],
      { move: 'askPerson', output: 'by person:ada', feedback: 'worse' },
    ],
    ['is the first model’s first attempt', [], attempt('writer', 'm1')],
    [
      'is the next model, which is not told why another could not be used',
      [again('writer/m1', 'longer'), unusable('writer/m1')],
      attempt('writer', 'm2', 'longer'),
    ],
    ['is the same model with the feedback', [again('writer/m1', 'longer')], attempt('writer', 'm1', 'longer')],
    [
      'is the next model at once when a call failed',
      [failed('writer/m1')],
      attempt('writer', 'm2', 'writer/m1 failed'),
    ],
    [
      'is the next model when the attempts of one are used up',
      [again('writer/m1', 'a'), again('writer/m1', 'b')],
      attempt('writer', 'm2', 'a', 'b'),
    ],
    [
      'is the fallback agent when no model is left',
      [failed('writer/m1'), failed('writer/m2')],
      attempt('understudy', 'm3', 'writer/m1 failed', 'writer/m2 failed'),
    ],
    [
      'starts over after a person’s feedback',
      [...allSpent.slice(3), told('be brief')],
      attempt('writer', 'm1', 'no', 'be brief'),
    ],
    [
      'judges an output that fits its schema and rules',
      [again('writer/m1'), drafted('writer/m1')],
      { move: 'judge', by: 'writer/m1', output: 'x' },
    ],
    ['accepts what all gates accept', [judged('writer/m1', { verdict: 'accept' })], { move: 'accept' }],
  ])('%s', (_fact, attempts, move) => {
    expect(nextMove(attempts, { cards })).toEqual(move);
  });

  it('takes the step’s own limit of attempts before the agent’s', () => {
    expect(nextMove([again('writer/m1', 'a')], { cards, attemptsMax: 1 })).toEqual(attempt('writer', 'm2', 'a'));
  });

  it('tells the agent first what was said of earlier answers to the same question', () => {
    const move = nextMove([again('writer/m1', 'a')], { cards, told: ['wrong before'] });
    expect(move).toEqual(attempt('writer', 'm1', 'wrong before', 'a'));
  });
});

/** What the world answers to a move; one for each move, in turn. */
const answers = fc.array(fc.constantFrom('retry', 'fail', 'escalate', 'feedback', 'draft'), { maxLength: 200 });

describe('whatever is answered', () => {
  it('attempts are bounded, no model is asked beyond its attempts, and a person at most five times', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 3 }), (given, attemptsMax) => {
        const { attempts, end } = play(given, attemptsMax);
        expect(['giveUp', 'open']).toContain(end);
        const byPerson = attempts.filter(({ by }) => by.startsWith('person:'));
        expect(byPerson.length).toBeLessThanOrEqual(personRoundsMax);
        expect(attempts.length).toBeLessThanOrEqual((personRoundsMax + 1) * 3 * attemptsMax + personRoundsMax);
        for (const round of roundsOf(attempts)) {
          for (const by of ['writer/m1', 'writer/m2', 'understudy/m3']) {
            const own = round.filter((one) => one.by === by);
            expect(own.length).toBeLessThanOrEqual(attemptsMax);
            const failure = own.findIndex(({ result }) => result.type === 'failed');
            if (failure >= 0) expect(own).toHaveLength(failure + 1);
          }
        }
      }),
    );
  });
});

describe('an agent with a cheaper model', () => {
  const thrifty = [{ ...card('writer', ['m1', 'm2'], 1), cheaperModel: 'm2' }, card('understudy', ['m3'], 1)];
  const modelAfter = (attempts: readonly Attempt[], isNearlySpent: boolean) => {
    const move = nextMove(attempts, { cards: thrifty, isNearlySpent });
    return move.move === 'attempt' ? move.model : move.move;
  };

  it('is asked with it first once a budget is nearly spent, and with its own order before', () => {
    expect(modelAfter([], false)).toBe('m1');
    expect(modelAfter([], true)).toBe('m2');
  });

  it('is asked with the others, too, when the cheaper one gives no output that passes', () => {
    expect(modelAfter([again('writer/m2')], true)).toBe('m1');
    expect(modelAfter([again('writer/m2'), again('writer/m1')], true)).toBe('m3');
  });

  it('is asked with its own order again when the budget was raised', () => {
    expect(modelAfter([again('writer/m2')], false)).toBe('m1');
  });
});

/** Makes move after move, each answered as given, until the step gives up or the answers run out. */
function play(given: readonly string[], attemptsMax: number): { attempts: Attempt[]; end: string } {
  const attempts: Attempt[] = [];
  for (const answer of given) {
    const move = nextMove(attempts, { cards, attemptsMax });
    switch (move.move) {
      case 'attempt': {
        const by = `${move.agent}/${move.model}`;
        if (answer === 'escalate') attempts.push(judged(by, { verdict: 'escalate', feedback: 'unsure' }));
        else attempts.push(answer === 'fail' ? failed(by) : answer === 'draft' ? drafted(by) : again(by));
        break;
      }
      case 'askPerson':
        attempts.push(answer === 'feedback' ? told('more') : again('person:ada'));
        break;
      case 'judge':
        attempts.splice(-1, 1, again(move.by));
        break;
      case 'accept':
      case 'reject':
      case 'giveUp':
        return { attempts, end: move.move };
    }
  }
  return { attempts, end: 'open' };
}

function roundsOf(attempts: readonly Attempt[]): Attempt[][] {
  const rounds: Attempt[][] = [[]];
  for (const one of attempts) {
    if (one.result.type === 'feedback') rounds.push([]);
    else rounds.at(-1)!.push(one);
  }
  return rounds;
}
