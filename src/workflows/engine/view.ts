import type { JournalEntry } from '../../contracts/journal';
import type { RunView, StepView, WaitingView } from '../../contracts/run-view';
import type { Execution } from './execution';

/** The run as people see it, from its journal. `state` is the outcome once there is one. */
export function viewOf(execution: Execution, state: RunView['state']): RunView {
  const { process, manifest, journal, ledger, startedAt, refused } = execution;
  return {
    runId: manifest.runId,
    process: process.name,
    version: process.version,
    owner: process.owner,
    state,
    startedAt,
    budget: process.budget,
    usage: ledger.spent,
    steps: journal.entries.map(stepView),
    waiting: waitingSteps(execution),
    refused,
  };
}

/** The steps that wait for a person, oldest first. */
export function waitingSteps({ journal }: Execution): WaitingView[] {
  return journal.entries.flatMap((entry) => {
    if (entry.state !== 'asked' || entry.approval === undefined || entry.approval.decided !== undefined) return [];
    return [{ step: entry.step, about: entry.about, ...entry.approval }];
  });
}

function stepView(entry: JournalEntry): StepView {
  const { step, question, about, within, state, askedAt, endedAt, usage, effect, failure } = entry;
  return {
    step,
    kind: question.kind,
    name: question.name,
    version: question.version,
    about,
    state,
    askedAt,
    attempts: (entry.attempts ?? []).map(({ by }) => ({ by })),
    usage,
    ...(within === undefined ? {} : { within }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(effect === undefined ? {} : { effect }),
    ...(failure === undefined ? {} : { failure }),
  };
}
