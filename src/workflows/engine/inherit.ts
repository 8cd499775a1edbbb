import { failure } from '../../contracts/failures';
import type { JournalEntry } from '../../contracts/journal';
import { noUsage } from '../../contracts/usage';
import type { Inheritance } from './execution';
import { record } from './failing';
import { isKept } from './rework';
import { untold } from './standing';

/**
 * The journal with which a fork or a repair begins: what was answered and still holds answers again, when the process
 * asks for it. What failed, what was undone, and what was asked after the answer to `at`, is asked anew. A fork leaves
 * what the other run did, and what that cost, to that run; a repair answers for it, and undoes what it does not ask for again.
 *
 * @throws `InvalidInput` when there is no step `at` that was answered
 */
export function inherited({ as, from, entries, at }: Inheritance): JournalEntry[] {
  const cut = at === undefined ? undefined : entries.find(({ step, struck }) => step === at && struck === undefined);
  if (at !== undefined && cut?.turn === undefined) {
    throw failure('InvalidInput', `The run ${from} has no step ${at} that was answered. \`show ${from}\` lists them.`, {
      step: at,
    });
  }
  const holds = (entry: JournalEntry) => {
    const outer = outermostIn(entries, entry);
    return outer.state === 'answered' && outer !== cut && outer.after <= (cut?.turn ?? Infinity) && isDone(entry);
  };
  return entries.map((entry) => {
    const kept: JournalEntry = { ...entry, pass: 0, ...(as === 'fork' ? { inherited: true, usage: noUsage } : {}) };
    if (entry.struck !== undefined || holds(entry)) return kept;
    return isKept(entry) && as === 'repair' ? kept : { ...kept, struck: { why: 'stale' } };
  });
}

/**
 * The same journal, when a repair takes it over. Pivots of unknown outcome wait for an answer again: what became of them
 * is found out before any of them is tried again, or the failure that they left given out as the last word. Children
 * that were under way leave open what they have done.
 */
export function inDoubtAgain(entries: readonly JournalEntry[], from: string): JournalEntry[] {
  return entries.map((entry) => {
    if (isInDoubt(entry)) return asked(entry);
    const { question, state, step, childEffects } = entry;
    if (question.kind !== 'process' || state !== 'asked' || childEffects !== undefined) return entry;
    return { ...entry, childEffects: [untold(entry, `${from}.${step}`)] };
  });
}

function isInDoubt({ struck, state, effect }: JournalEntry): boolean {
  return struck === undefined && state !== 'answered' && effect?.effect === 'pivot' && effect.outcome === 'unknown';
}

function asked(entry: JournalEntry): JournalEntry {
  const message = entry.failure?.message ?? `The run ended before ${entry.step} had an answer.`;
  const open: JournalEntry = { doubt: record(failure('StepFailed', message)), ...entry, state: 'asked' };
  delete open.failure;
  delete open.endedAt;
  delete open.turn;
  return open;
}

/** Whether what an entry did, its child's effects included, was not taken back. */
function isDone({ effect, childEffects = [] }: JournalEntry): boolean {
  const records = [...(effect === undefined ? [] : [effect]), ...childEffects.map(({ record }) => record)];
  return records.every(({ outcome }) => outcome === 'done');
}

function outermostIn(entries: readonly JournalEntry[], entry: JournalEntry): JournalEntry {
  const asker = entries.find(({ step }) => step === entry.within);
  return asker === undefined ? entry : outermostIn(entries, asker);
}
