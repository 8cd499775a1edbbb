import type { JournalEntry, Question } from '../../../src/contracts/journal';
import { Journal, type NewEntry } from '../../../src/workflows/engine/journal';

const question = (name: string, inputHash = 'x', version = '1'): Question => ({
  kind: 'agent',
  name,
  version,
  inputHash,
});
const entry = (of: Question, ordinal = 0, within?: string): NewEntry => ({
  question: of,
  ordinal,
  about: '',
  askedAt: 0,
  after: 0,
  pass: 1,
  ...(within === undefined ? {} : { within }),
});
const blamed = { why: 'blamed', feedback: 'wrong', answerHash: 'h', by: 'ada' } as const;
/** The journal as the next execution, or the next pass, finds it. */
const handedOver = ({ entries }: Journal) => new Journal(structuredClone(entries));
const stepOf = (found: JournalEntry | undefined) => found?.step;

describe('a journal', () => {
  it('has no answer to a question that differs in any of its four fields', () => {
    const journal = new Journal([]);
    journal.enter(entry(question('writer')));
    const next = handedOver(journal);
    for (const other of [
      question('critic'),
      question('writer', 'y'),
      question('writer', 'x', '2'),
      { ...question('writer'), kind: 'tool' as const },
    ]) {
      expect(next.answering(other, 0)).toBeUndefined();
    }
    expect(stepOf(next.answering(question('writer'), 0))).toBe('writer-1');
  });

  it('tells equal questions apart by how many came before', () => {
    const journal = new Journal([]);
    for (const ordinal of [0, 1]) journal.enter(entry(question('writer'), ordinal));
    const next = handedOver(journal);
    expect([0, 1, 2].map((ordinal) => stepOf(next.answering(question('writer'), ordinal)))).toEqual([
      'writer-1',
      'writer-2',
      undefined,
    ]);
  });

  it('names steps after what was asked, and goes on counting after a hand-over', () => {
    const journal = new Journal([]);
    const names = ['writer', 'critic', 'writer'].map(
      (name, index) => journal.enter(entry(question(name, `${index}`))).step,
    );
    expect(names).toEqual(['writer-1', 'critic-1', 'writer-2']);
    expect(handedOver(journal).enter(entry(question('writer', 'new'))).step).toBe('writer-3');
  });

  it('answers no more from what was struck, nor from what was asked within it, also after a hand-over', () => {
    const journal = new Journal([]);
    const writer = journal.enter(entry(question('writer')));
    const critic = journal.enter(entry(question('critic'), 0, writer.step));
    journal.enter(entry(question('criticEscalation'), 0, critic.step));
    journal.strike(writer, blamed);
    for (const one of [journal, handedOver(journal)]) {
      expect(one.answering(question('writer'), 0)).toBeUndefined();
      expect(one.answering(question('critic'), 0, writer.step)).toBeUndefined();
      expect(one.answering(question('criticEscalation'), 0, critic.step)).toBeUndefined();
    }
  });

  it('never uses the name of a struck step again', () => {
    const journal = new Journal([]);
    journal.strike(journal.enter(entry(question('writer'))), blamed);
    expect(handedOver(journal).enter(entry(question('writer'))).step).toBe('writer-2');
  });

  it('remembers what was said of a question’s rejected answers, and of no other’s', () => {
    const journal = new Journal([]);
    for (const feedback of ['first', 'second']) {
      journal.strike(journal.enter(entry(question('writer'))), { ...blamed, feedback });
    }
    journal.strike(journal.enter(entry(question('writer', 'y'))), blamed);
    const again = handedOver(journal).enter(entry(question('writer')));
    expect(handedOver(journal).rejectionsOf(again)).toMatchObject([{ feedback: 'first' }, { feedback: 'second' }]);
  });

  it('traces what the engine asked within a step back to that step, however deep', () => {
    const journal = new Journal([]);
    const writer = journal.enter(entry(question('writer')));
    const critic = journal.enter(entry(question('critic'), 0, writer.step));
    const escalation = journal.enter(entry(question('criticEscalation'), 0, critic.step));
    expect(journal.outermost(escalation)).toBe(writer);
  });
});
