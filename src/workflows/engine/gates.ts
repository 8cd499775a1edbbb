import { failure } from '../../contracts/failures';
import type { Manifest } from '../../contracts/manifest';
import type { Verdict } from '../../contracts/verdict';

/** A gate as a process names it: a rule or a reviewer of the catalogues, or a pure function of the output. */
export type Gate = string | PureGate;
/** Must not throw, and may be called again on the same output. Its function name appears in feedback and history. */
export type PureGate = (output: never) => Verdict;

/** Gates by where they run, cheapest first: rules beside the agent, functions in the workflow, then reviewers. */
export interface GateSplit {
  readonly rules: readonly string[];
  readonly functions: readonly PureGate[];
  readonly reviewers: readonly string[];
}

export function splitGates(gates: readonly Gate[], manifest: Manifest): GateSplit {
  const names = gates.filter((gate) => typeof gate === 'string');
  const rules = names.filter((name) => manifest.rules.includes(name));
  const reviewers = names.filter((name) => !manifest.rules.includes(name));
  for (const name of reviewers) {
    if (manifest.agents[name]?.isReviewer === true) continue;
    throw failure('UnknownAgent', `The gate ${name} is neither a rule nor a reviewer of the run's manifest.`, { name });
  }
  return { rules, reviewers, functions: gates.filter((gate) => typeof gate === 'function') };
}

/** The word when no gate is left to say anything else. */
export const accepting = { gate: 'all', verdict: { verdict: 'accept' } } as const;

/** The first word that is not `accept`, and whose it is. */
export async function judge(
  output: unknown,
  gates: GateSplit,
  askReviewer: (reviewer: string) => Promise<unknown>,
): Promise<{ readonly gate: string; readonly verdict: Verdict }> {
  for (const gate of gates.functions) {
    const verdict = gate(output as never); // the process's types hold the gate against the agent's output
    if (verdict.verdict !== 'accept') return { gate: gate.name, verdict };
  }
  for (const reviewer of gates.reviewers) {
    const verdict = (await askReviewer(reviewer)) as Verdict; // parsed by the reviewer's output schema
    if (verdict.verdict !== 'accept') return { gate: reviewer, verdict };
  }
  return accepting;
}
