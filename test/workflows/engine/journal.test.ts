import type { Question } from '../../../src/contracts/journal';
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
  ...(within === undefined ? {} : { within }),
});
/** The journal as the next execution, or the next pass, finds it. */
const handedOver = ({ entries }: Journal) => new Journal(structuredClone(entries));
const stepsOf = (journal: Journal) => journal.unclaimed().map(({ step }) => step);

describe('a journal', () => {
  it('has no answer to a question that differs in any of its four fields', () => {
    const journal = new Journal([]);
    journal.claim(question('writer'));
    journal.enter(entry(question('writer')));
    const next = handedOver(journal);
    for (const other of [
      question('critic'),
      question('writer', 'y'),
      question('writer', 'x', '2'),
      { ...question('writer'), kind: 'tool' as const },
    ]) {
      expect(next.claim(other)).toEqual({ ordinal: 0 });
    }
    expect(next.claim(question('writer'))).toMatchObject({ entry: { step: 'writer-1' } });
  });

  it('tells equal questions apart by how many came before', () => {
    const journal = new Journal([]);
    for (const ordinal of [0, 1]) {
      expect(journal.claim(question('writer'))).toEqual({ ordinal });
      journal.enter(entry(question('writer'), ordinal));
    }
    const next = handedOver(journal);
    expect(next.claim(question('writer'))).toMatchObject({ entry: { step: 'writer-1' } });
    expect(next.claim(question('writer'))).toMatchObject({ entry: { step: 'writer-2' } });
    expect(next.claim(question('writer'))).toEqual({ ordinal: 2 });
  });

  it('names steps after what was asked, and goes on counting after a hand-over', () => {
    const journal = new Journal([]);
    const names = ['writer', 'critic', 'writer'].map(
      (name, index) => journal.enter(entry(question(name, `${index}`))).step,
    );
    expect(names).toEqual(['writer-1', 'critic-1', 'writer-2']);
    expect(handedOver(journal).enter(entry(question('writer', 'new'))).step).toBe('writer-3');
  });

  it('knows which steps a pass did not ask for', () => {
    const journal = new Journal([]);
    for (const hash of ['a', 'b', 'c']) journal.enter(entry(question('writer', hash)));
    expect(stepsOf(journal)).toEqual([]);
    const next = handedOver(journal);
    next.claim(question('writer', 'b'));
    expect(stepsOf(next)).toEqual(['writer-1', 'writer-3']);
  });

  it('counts what the engine asked within a step as that step’s own, however deep', () => {
    const journal = new Journal([]);
    const writer = journal.enter(entry(question('writer')));
    const critic = journal.enter(entry(question('critic'), 0, writer.step));
    journal.enter(entry(question('criticEscalation'), 0, critic.step));
    const next = handedOver(journal);
    expect(stepsOf(next)).toEqual(['writer-1', 'critic-1', 'criticEscalation-1']);
    next.claim(question('writer'));
    expect(stepsOf(next)).toEqual([]);
  });
});
