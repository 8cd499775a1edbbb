import { describeLineage } from '../../src/client/describe-lineage';
import { lineageAround, lineageOf } from '../../src/client/lineage';
import type { ApprovalRecord, JournalEntry, Strike } from '../../src/contracts/journal';
import { noUsage } from '../../src/contracts/usage';

interface Told {
  readonly answer?: unknown;
  readonly kind?: JournalEntry['question']['kind'];
  readonly within?: string;
  readonly subject?: unknown;
  readonly struck?: Strike;
  readonly turn?: number;
  readonly after?: number;
}

/** A journal entry, asked at and ended at the given times; unanswered when there is no answer. */
function entry(step: string, [askedAt, endedAt]: [number, number], told: Told): JournalEntry {
  const { answer, kind = 'agent', within, subject, struck, turn, after = 0 } = told;
  return {
    step,
    question: { kind, name: step.replace(/-\d+$/, ''), version: '1', inputHash: '' },
    ...{ ordinal: 0, about: '', askedAt, endedAt, after, pass: 1, usage: noUsage },
    state: answer === undefined ? 'asked' : 'answered',
    ...(answer === undefined ? {} : { answer }),
    ...(within === undefined ? {} : { within }),
    ...(struck === undefined ? {} : { struck }),
    ...(turn === undefined ? {} : { turn }),
    ...(subject === undefined ? {} : { approval: { subject } as ApprovalRecord }),
  };
}

function linksOf(entries: readonly JournalEntry[], inputs: Readonly<Record<string, unknown>>): string[] {
  return lineageOf(entries, new Map(Object.entries(inputs))).map(({ from, to }) => `${from} > ${to}`);
}

const blamed: Strike = { why: 'blamed', feedback: 'no', answerHash: '', by: 'ada' };

describe('which step was made from which', () => {
  const read = entry('read-1', [0, 1], { answer: { text: { sha256: 'a'.repeat(64) }, pages: 3 } });

  it('is seen by an artifact’s hash, a text, or an object of some substance, anywhere in the input', () => {
    const entries = [
      read,
      entry('extract-1', [2, 3], { answer: { quote: 'pays within 30 days' } }),
      entry('count-1', [2, 3], { answer: { found: { months: 12, isFirm: true, notice: 3 } } }),
      entry('report-1', [4, 5], { answer: 'A report about it.' }),
    ];
    const inputs = {
      'extract-1': { from: [{ document: { sha256: 'a'.repeat(64) } }] },
      'report-1': { lines: ['The buyer pays within 30 days.'], terms: { notice: 3, isFirm: true, months: 12 } },
    };
    expect(linksOf(entries, inputs)).toEqual(['read-1 > extract-1', 'extract-1 > report-1', 'count-1 > report-1']);
  });

  it('is not seen in what says little, in a part of a word, or in what came later', () => {
    const entries = [
      entry('judge-1', [0, 1], { answer: { verdict: 'accept' } }),
      entry('name-1', [0, 1], { answer: 'counterpoint' }),
      entry('later-1', [5, 9], { answer: 'a sentence of its own' }),
      entry('report-1', [4, 5], { answer: 'done with it' }),
    ];
    const inputs = { 'report-1': [{ verdict: 'accept' }, 'counterpoints', 'a sentence of its own'] };
    expect(linksOf(entries, inputs)).toEqual([]);
  });

  it('gives no step what it only repeats of its input, but a person what they let pass', () => {
    const assessment = { summary: 'Sign it as it stands.', risks: [] };
    const entries = [
      entry('extract-1', [0, 1], { answer: { category: 'Governing Law', quote: 'the laws of England' } }),
      entry('extract-2', [1, 2], { answer: { category: 'Notice Period', quote: 'thirty days' } }),
      entry('extract-3', [2, 3], { answer: { category: 'Governing Law', quote: 'another quotation' } }),
      entry('assess-1', [3, 4], { answer: assessment }),
      entry('signOff-1', [4, 5], {
        kind: 'approval',
        subject: assessment,
        answer: { decision: 'approve', value: assessment },
      }),
      entry('file-1', [6, 7], { answer: { id: 'M-1' } }),
    ];
    const inputs = {
      'extract-1': { category: 'Governing Law' },
      'extract-3': { category: 'Governing Law' },
      'assess-1': ['the laws of England'],
      'file-1': { assessment },
    };
    expect(linksOf(entries, inputs)).toEqual([
      'extract-1 > assess-1',
      'assess-1 > signOff-1',
      'assess-1 > file-1',
      'signOff-1 > file-1',
    ]);
  });

  it('counts what was asked within a step as part of what the step was made from', () => {
    const entries = [
      read,
      entry('other-1', [0, 1], { answer: 'the same quotation' }),
      entry('extract-1', [2, 9], { answer: 'the same quotation' }),
      entry('reader-1', [4, 5], { within: 'extract-1', answer: { verdict: 'accept', feedback: 'It stands there.' } }),
    ];
    const inputs = {
      'extract-1': ['a'.repeat(64)],
      'reader-1': { input: ['a'.repeat(64)], output: 'the same quotation' },
    };
    expect(linksOf(entries, inputs)).toEqual(['read-1 > extract-1', 'reader-1 > extract-1', 'read-1 > reader-1']);
  });

  it('gives nothing that counts an origin that was struck, and keeps what was struck connected', () => {
    const entries = [
      entry('extract-1', [0, 1], { answer: 'an extracted clause', struck: blamed }),
      entry('assess-1', [1, 2], { answer: 'an assessment of it', struck: { why: 'stale' } }),
      entry('extract-2', [3, 4], { answer: 'an extracted clause' }),
      entry('assess-2', [5, 6], { answer: 'a better assessment' }),
    ];
    const inputs = { 'assess-1': 'an extracted clause', 'assess-2': 'an extracted clause' };
    expect(linksOf(entries, inputs)).toEqual(['extract-1 > assess-1', 'extract-2 > assess-2']);
  });

  it('holds between an answer that came again after a rejection and what was made of it and stood', () => {
    const entries = [
      entry('extract-1', [0, 1], { answer: 'an extracted clause', struck: blamed, turn: 0 }),
      entry('assess-1', [1, 2], { answer: 'an assessment of it', after: 1, turn: 1 }),
      entry('extract-2', [3, 4], { answer: 'an extracted clause', turn: 0 }),
    ];
    expect(linksOf(entries, { 'assess-1': 'an extracted clause' })).toEqual(['extract-2 > assess-1']);
    const later = entries.map((one) => (one.step === 'assess-1' ? { ...one, struck: blamed } : one));
    expect(linksOf(later, { 'assess-1': 'an extracted clause' })).toEqual(['extract-1 > assess-1']);
  });
});

describe('the lineage of a step', () => {
  const entries = [
    entry('read-1', [0, 1], { answer: 'what was read' }),
    ...[1, 2, 3, 4, 5].map((number) => entry(`extract-${number}`, [1, 2], { answer: `clause number ${number}` })),
    entry('assess-1', [3, 9], { answer: 'an assessment of all' }),
    entry('reader-1', [4, 5], { within: 'assess-1', answer: { verdict: 'accept' } }),
    entry('file-1', [10, 11], { answer: 'filed as one' }),
    entry('aside-1', [10, 11], { answer: 'on its own' }),
  ];
  const clauses = [1, 2, 3, 4, 5].map((number) => `clause number ${number}`);
  const inputs = new Map<string, unknown>([
    ...clauses.map((_clause, index): [string, unknown] => [`extract-${index + 1}`, 'what was read']),
    ['assess-1', ['what was read', ...clauses]],
    ['file-1', 'an assessment of all'],
  ]);
  const around = (step: string) => lineageAround(step, entries, lineageOf(entries, inputs));

  it('goes through others in both directions, and leaves out what has nothing to do with it', () => {
    const { madeFrom, made, links } = around('extract-2');
    expect(madeFrom).toEqual(['read-1']);
    expect(made).toEqual(['assess-1', 'reader-1', 'file-1']);
    expect(links).toContainEqual({ from: 'read-1', to: 'extract-2' });
    expect(links).not.toContainEqual({ from: 'read-1', to: 'extract-1' });
    expect(around('aside-1')).toEqual({ step: 'aside-1', madeFrom: [], made: [], links: [] });
  });

  it('is drawn as trees in which what stands for another path is left out, and equal steps are one', () => {
    expect(describeLineage(around('file-1'), entries)).toBe(
      [
        'file-1 was made from',
        '└─ assess-1',
        '   ├─ extract × 5 (extract-1 … extract-5)',
        '   │  └─ read-1',
        '   └─ reader-1',
        '',
        'From it was made',
        '└─ nothing',
      ].join('\n'),
    );
  });
});
