import type { Attempt, JournalEntry } from '../../src/contracts/journal';
import { addUsage, noUsage, type Usage } from '../../src/contracts/usage';

/** What became of the steps of one agent. */
export interface AgentCounts {
  readonly agent: string;
  readonly steps: number;
  /** Steps by whose output was accepted: the first model's at once, or after it was sent back; another's; a person's. */
  readonly atOnce: number;
  readonly repaired: number;
  readonly byFallback: number;
  readonly byPerson: number;
  /** Steps without an accepted output. */
  readonly without: number;
  /** Outputs of models that were sent back, by the gate that did. */
  readonly sentBack: Readonly<Record<string, number>>;
  /** Attempts of models that came to no output, by the failure's type. */
  readonly failed: Readonly<Record<string, number>>;
  /** What its models spent. */
  readonly usage: Usage;
}

const person = 'person:';
/** How the engine names the question to a person about an agent's step. */
const escalation = 'Escalation';

/** Counts what became of each agent's steps, in the order in which agents were first asked; struck steps count, too. */
export function countAttempts(entries: readonly JournalEntry[]): AgentCounts[] {
  const steps = entries.filter(({ question }) => question.kind === 'agent');
  const names = [...new Set(steps.map(({ question }) => question.name))];
  return names.map((agent) => {
    const own = steps.filter(({ question }) => question.name === agent);
    const ends = own.map(endOf);
    const attempts = own.flatMap((entry) => entry.attempts ?? []).filter(({ usage }) => usage !== undefined);
    const times = (end: End): number => ends.filter((one) => one === end).length;
    return {
      ...{ agent, steps: own.length },
      ...{ atOnce: times('atOnce'), repaired: times('repaired'), byFallback: times('byFallback') },
      ...{ byPerson: times('byPerson'), without: times('without') },
      sentBack: tally(attempts.flatMap(gateOf)),
      failed: tally(attempts.flatMap(({ result }) => (result.type === 'failed' ? [result.failure.type] : []))),
      usage: attempts.map(({ usage = noUsage }) => usage).reduce(addUsage, noUsage),
    };
  });
}

/** The decisions on what agents could not do by themselves, by kind. */
export function countEscalations(entries: readonly JournalEntry[]): Readonly<Record<string, number>> {
  const asked = entries.filter(({ question: { kind, name } }) => kind === 'approval' && name.endsWith(escalation));
  return tally(asked.map(({ approval }) => approval?.decided?.decision ?? 'open'));
}

type End = 'atOnce' | 'repaired' | 'byFallback' | 'byPerson' | 'without';

function endOf({ state, attempts = [] }: JournalEntry): End {
  const last = attempts.at(-1);
  if (state !== 'answered' || last === undefined) return 'without';
  if (last.by.startsWith(person)) return 'byPerson';
  if (last.by !== attempts[0]?.by) return 'byFallback';
  return attempts.length === 1 ? 'atOnce' : 'repaired';
}

function gateOf({ result }: Attempt): string[] {
  return result.type === 'judged' && result.verdict.verdict !== 'accept' ? [result.gate] : [];
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
