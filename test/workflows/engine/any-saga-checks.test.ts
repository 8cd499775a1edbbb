import { completedWrongs } from '../../support/any-process/checks';
import type { Driven } from '../../support/any-process/drive';
import { imagine, type Answers } from '../../support/any-process/model';
import { nothingTwice, pivotsAtQuietPoints, seemOutOfOrder } from '../../support/any-process/order-checks';
import type { AnyCase } from '../../support/any-process/plan';
import { answerTo, joined, type AnyProgram } from '../../support/any-process/program';
import { RunWorld, type Happening } from '../../support/any-process/run-world';

const leaf = { uses: 'nothing' } as const;
const book = (site: string): AnyProgram => ({ do: 'effect', tool: 'book', site, ...leaf });
const write = (site: string): AnyProgram => ({ do: 'write', site, ...leaf });
const inTurn = (...parts: AnyProgram[]): AnyProgram => ({ do: 'sequence', parts });
const atOnce = (...parts: AnyProgram[]): AnyProgram => ({ do: 'parallel', parts });
const tried = (part: AnyProgram): AnyProgram => ({ do: 'try', part });

const answers: Answers = {
  versionOf: (topic) => (topic === 's9' ? 2 : 0),
  fails: (topic) => topic.startsWith('bad'),
  isRefused: () => false,
};

const asks = (program: AnyProgram, standing?: Record<string, number>) => {
  const { end, asked } = imagine(program, answers, standing && new Map(Object.entries(standing)));
  return { is: end.is, topics: asked.map(({ topic }) => topic) };
};

describe('the model of a clean run', () => {
  it('comes to what the parts come to, with the final answers', () => {
    const { end } = imagine(inTurn(write('s1'), write('s9')), answers);
    expect(end).toEqual({ is: 'value', value: joined(joined('', answerTo('s1')), answerTo('s9', 2)) });
  });

  it('fails with a part that fails, and asks nothing after it', () => {
    expect(asks(inTurn(book('s1'), book('bad'), book('s2')))).toEqual({ is: 'failed', topics: ['s1'] });
  });

  it('goes on after a failure that is caught, and keeps what was done before it', () => {
    expect(asks(inTurn(tried(inTurn(book('s1'), book('bad'))), book('s2')))).toEqual({
      is: 'value',
      topics: ['s1', 's2'],
    });
  });

  it('takes back what a child did that failed', () => {
    const child: AnyProgram = { do: 'child', site: 's1', ...leaf, part: inTurn(book('s2'), book('bad')) };
    expect(asks(inTurn(tried(child), book('s3')))).toEqual({ is: 'value', topics: ['s3'] });
  });

  it('asks, before anything new is done, all that does not wait for something new', () => {
    const program = atOnce(inTurn(write('s1'), book('s2'), write('s3')), inTurn(book('s4'), write('s5')));
    expect(asks(program, { 'book s4': 1 })).toEqual({ is: 'blocked', topics: ['s1', 's4', 's5'] });
  });

  it('begins no item of a map for which no place is left', () => {
    const map: AnyProgram = { do: 'map', itemsCount: 3, concurrencyMax: 2, part: inTurn(write('s1'), book('s2')) };
    expect(asks(map, {})).toEqual({ is: 'blocked', topics: ['s1.0', 's1.1'] });
  });
});

let time = 0;
const call = (what: Happening['what'], topic: string, rest: Partial<Happening> = {}): Happening => {
  const begun = ++time;
  const mine = {
    key: `key of ${topic}`,
    owner: 'run',
    step: `${topic}-1`,
    tool: 'book' as const,
    came: 'answered' as const,
  };
  return { ...mine, what, topic, begun, ended: ++time, ...(what === 'do' ? { version: 0 } : {}), ...rest };
};

const wrongIn = (wrongs: readonly string[]) => wrongs.join('\n');

describe('the comparison notices', () => {
  it('an effect that is done again after its answer came', () => {
    expect(nothingTwice([call('do', 's1')], () => false)).toEqual([]);
    expect(wrongIn(nothingTwice([call('do', 's1'), call('do', 's1')], () => false))).toMatch(/no second do of s1/);
  });

  it('an effect that is undone twice', () => {
    const log = [call('do', 's1'), call('undo', 's1'), call('undo', 's1')];
    expect(nothingTwice(log.slice(0, 2), () => false)).toEqual([]);
    expect(wrongIn(nothingTwice(log, () => false))).toMatch(/no second undo of s1/);
  });

  it('an undo that overtakes what is under way', () => {
    const log = [call('do', 's1'), call('do', 's2', { ended: Infinity }), call('undo', 's1')];
    expect(wrongIn(nothingTwice(log, () => false))).toMatch(/undo of s1 to begin only when nothing else/);
  });

  it('an attempt under a dead key', () => {
    const log = [call('do', 's1'), call('undo', 's1'), call('do', 's1', { came: 'refused' })];
    expect(wrongIn(nothingTwice(log, () => false))).toMatch(/no attempt at s1 under a key that is dead/);
    expect(nothingTwice(log, () => true).join()).not.toMatch(/dead/);
  });

  it('an older effect that is undone before a newer one', () => {
    const done = [call('do', 's1'), call('do', 's2')];
    expect(seemOutOfOrder([...done, call('undo', 's2'), call('undo', 's1')])).toEqual([]);
    const [found] = seemOutOfOrder([...done, call('undo', 's1'), call('undo', 's2')]);
    expect(found?.wrong).toMatch(/s2 to be undone before s1/);
  });

  it('a pivot that does not wait for what is under way', () => {
    const pay = () => call('do', 's2', { tool: 'pay' });
    expect(pivotsAtQuietPoints([call('write', 's1'), pay()])).toEqual([]);
    expect(wrongIn(pivotsAtQuietPoints([call('write', 's1', { ended: Infinity }), pay()]))).toMatch(
      /wait for the write/,
    );
  });

  it('no further try of a pivot that is under way when something else begins', () => {
    const pay = (came: 'broken' | 'answered') => call('do', 's2', { tool: 'pay', call: 'pay-1', came });
    expect(pivotsAtQuietPoints([pay('broken'), call('write', 's1', { ended: Infinity }), pay('answered')])).toEqual([]);
  });
});

const plan = { faults: {}, undoFaults: {}, gates: {}, refusals: [], rejections: [], interruptions: [] };
const drawn: AnyCase = { seed: 1, program: inTurn(book('s1'), write('s2'), book('s3')), plan };

/** What is wrong with a run that completed and of which the world saw this. */
function wrongWith(log: readonly Happening[], preview = { undone: ['s3-1'], askedAgain: ['s1-1', 's2-1', 's3-1'] }) {
  const world = new RunWorld(plan, 1);
  world.log.push(...log);
  const at = (log.find(({ what }) => what === 'reject')?.begun ?? time) - 0.5;
  const warned = [
    {
      at,
      owner: 'run',
      preview: { ...preview, reject: '', cannotBeUndone: [], usage: { tokens: 0, costMicroUsd: 0, calls: 0 } },
    },
  ];
  const driven: Driven = { world, result: 'did not end', children: new Map(), warned, outOfOrder: [], troubles: [] };
  return wrongIn(completedWrongs(drawn, driven, imagine(drawn.program, { ...answers, versionOf: () => 0 })));
}

describe('of a run that completes after a rejection the comparison notices', () => {
  const before = () => [call('do', 's1'), call('write', 's2', { version: 0 }), call('do', 's3')];
  const rejected = (topic: string) => call('reject', topic, { by: 'person', key: 'none' });
  const again = (topic: string) => call('do', topic, { key: `another key of ${topic}`, step: `${topic}-2` });

  it('nothing when what came from the rejected answer is undone and done again', () => {
    const log = [
      ...before(),
      rejected('s1'),
      call('undo', 's3'),
      call('undo', 's1'),
      again('s1'),
      call('write', 's2'),
      again('s3'),
    ];
    expect(wrongWith(log, { undone: ['s1-1', 's3-1'], askedAgain: ['s1-1', 's2-1', 's3-1'] })).toBe('');
  });

  it('an effect that is undone although it still held', () => {
    const log = [...before(), rejected('s2'), call('write', 's2', { version: 1 }), call('undo', 's1'), again('s1')];
    expect(wrongWith(log, { undone: ['s1-1'], askedAgain: ['s2-1', 's1-1'] })).toMatch(/book s1 not to be touched/);
  });

  it('an undo that the preview did not foretell, and a question that it did not say would be asked again', () => {
    const log = [
      ...before(),
      rejected('s1'),
      call('undo', 's3'),
      call('undo', 's1'),
      again('s1'),
      call('write', 's2'),
      again('s3'),
    ];
    expect(wrongWith(log, { undone: ['s3-1'], askedAgain: ['s1-1', 's3-1'] })).toMatch(
      /s1-1 \(s1\) would be undone[^]*s2-1 \(s2\) would be asked again/,
    );
  });

  it('a question that is not asked again after an effect before it was done anew', () => {
    const log = [...before(), rejected('s1'), call('undo', 's1'), again('s1')];
    expect(wrongWith(log)).toMatch(/s2 to be asked again after book s1[^]*s3 to be asked again after book s1/);
  });

  it('a rejection that nobody heeded, and a writer who was not told', () => {
    expect(wrongWith([...before(), rejected('s2')])).toMatch(/s2 to be asked again after it was rejected/);
    expect(wrongWith([...before(), rejected('s2'), call('write', 's2', { version: 0 })])).toMatch(
      /told of 1 rejections, not 0/,
    );
  });
});
