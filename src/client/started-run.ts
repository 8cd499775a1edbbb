import type { RunView, WaitingView } from '../contracts/run-view';
import { decideAsDemo } from './decide-for';
import { describeResult } from './describe';
import { exitCodeOfOutcome, exitCodes } from './exit-codes';
import { followRun } from './follow';
import type { Session } from './session';
import { oneLine } from './terminal';
import { uiLink } from './ui-link';
import { speechPrinter } from './watch/speech-printer';
import { watchRun } from './watch/watch-run';

/** How a command that starts a run goes on from there. */
export interface StartedOptions {
  readonly wait?: true;
  readonly yes?: true;
  readonly verbose?: true;
  readonly json?: true;
}

/** The options of every command that starts a run. */
export const startedOptions = {
  wait: [
    '--wait',
    'follow the run to its end, with a server and a worker for as long as that takes if none is up',
  ] as const,
  yes: ['--yes', 'with --wait: approve whatever waits, as the actor "demo"; reject what cannot be approved'] as const,
  verbose: [
    '--verbose',
    'with --wait: show on standard error what models say, as they say it, where the worker uses this data folder',
  ] as const,
};

/**
 * Prints a run that was just started, or follows it to its end.
 *
 * @returns the exit code
 */
export async function afterStart(
  session: Session,
  { runId, ...more }: { readonly runId: string; readonly from?: string; readonly at?: string },
  options: StartedOptions,
): Promise<number> {
  const { terminal, up } = session;
  terminal.say(`run ${runId}${uiLink(session, runId)}`);
  if (options.wait === true) return waitForRun(session, runId, options);
  if (options.json === true) terminal.printJson({ runId, ...more });
  else terminal.print(runId);
  if (up?.isOwner === true) terminal.say('Nothing keeps it going yet: it goes on with `counterpoint up`.');
  return exitCodes.done;
}

async function waitForRun(session: Session, runId: string, options: StartedOptions): Promise<number> {
  const { terminal, folder } = session;
  if (options.verbose !== true) return followToEnd(session, runId, options);
  const stopWatching = watchRun(folder, runId, speechPrinter(terminal, runId));
  try {
    return await followToEnd(session, runId, options);
  } finally {
    stopWatching();
  }
}

async function followToEnd(session: Session, runId: string, { yes, json }: StartedOptions): Promise<number> {
  const { terminal, signal } = session;
  const sayKept = () => {
    terminal.say(`The run ${runId} is kept and goes on with \`counterpoint up\`.`);
  };
  signal.addEventListener('abort', sayKept);
  const result = await followRun(session, runId, async (waiting: WaitingView, view: RunView) => {
    if (yes === true) await decideAsDemo(session, waiting, view);
    else terminal.say(`${oneLine(waiting.role)} must decide ${waiting.step}: counterpoint show ${runId}`);
  });
  signal.removeEventListener('abort', sayKept);
  if (json === true) terminal.printJson({ runId, ...result });
  else terminal.print(describeResult(result));
  return exitCodeOfOutcome(result.outcome);
}
