import type { Decision, DecisionKind } from '../../src/contracts/decision';
import type { RunView, WaitingView } from '../../src/contracts/run-view';
import { decideUpdate, runViewQuery } from '../../src/workflows/messages';
import { until, type RunHandle } from './engine-world';

export function viewOf(handle: Pick<RunHandle, 'query'>): Promise<RunView> {
  return handle.query(runViewQuery);
}

/** Waits until a step waits for a person, and gives what the person is shown. */
export async function waiting(
  handle: Pick<RunHandle, 'query'>,
  isIt: (waiting: WaitingView) => boolean = () => true,
): Promise<WaitingView> {
  const view = await until(
    () => viewOf(handle),
    (read) => read.waiting.some(isIt),
  );
  return view.waiting.find(isIt)!;
}

/** A decision on what is shown, by the editor Ada unless said otherwise. */
export function decisionOn(
  { step, shown }: Pick<WaitingView, 'step' | 'shown'>,
  decision: DecisionKind,
  rest: Readonly<Record<string, unknown>> = {},
): Decision {
  return { step, shown, actor: 'ada', decision, ...rest } as Decision; // tests also send what is not one
}

/** Decides the next step that waits. */
export async function decideNext(
  handle: Pick<RunHandle, 'query' | 'executeUpdate'>,
  decision: DecisionKind,
  rest: Readonly<Record<string, unknown>> = {},
): Promise<WaitingView> {
  const shown = await waiting(handle);
  await handle.executeUpdate(decideUpdate, { args: [decisionOn(shown, decision, rest)] });
  return shown;
}
