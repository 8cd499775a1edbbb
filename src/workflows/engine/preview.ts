import type { JournalEntry } from '../../contracts/journal';
import type { Preview } from '../../contracts/preview';
import { addUsage, noUsage } from '../../contracts/usage';
import type { Execution } from './execution';
import { Pass } from './pass';
import { isKept } from './rework';
import { isUndoable, newestFirst } from './standing';

/**
 * Finds out what hangs on a step by a dry pass: the process function runs over the journal, that step is not answered,
 * and what it then does not ask for could come out otherwise. Nothing new is asked, and nothing is changed.
 */
export async function previewOf(
  execution: Execution,
  blamed: JournalEntry,
  runDry: (pass: Pass) => void,
): Promise<Preview> {
  const { journal, pass } = execution;
  const dry = new Pass(execution, pass.number, blamed.step);
  runDry(dry);
  await dry.turns.drained();
  dry.abandon();
  const unclaimed = dry.unclaimed();
  const own = journal.entries.filter((entry) => entry.struck === undefined && journal.outermost(entry) === blamed);
  const affected = [...own, ...unclaimed.filter((entry) => !isKept(entry) && !own.includes(entry))];
  const effects = newestFirst([...own, ...unclaimed]);
  return {
    reject: blamed.step,
    undone: effects.filter(({ record }) => isUndoable(record)).map(({ step }) => step),
    cannotBeUndone: effects.filter(({ record }) => !isUndoable(record)).map(({ step }) => step),
    askedAgain: affected.filter(({ within }) => within === undefined).map(({ step }) => step),
    usage: affected.map(({ usage }) => usage).reduce(addUsage, noUsage),
  };
}
