import { Command, CommanderError } from 'commander';
import { loadConfig } from '../config';
import { Failure } from '../contracts/failures';
import { addCancel } from './commands/cancel';
import { addCatalogues } from './commands/catalogues';
import type { Act } from './commands/command';
import { addData } from './commands/data';
import { addDecide } from './commands/decide';
import { addDemo } from './commands/demo';
import { addFork } from './commands/fork';
import { addInbox } from './commands/inbox';
import { addPreview } from './commands/preview';
import { addReject } from './commands/reject';
import { addRepair } from './commands/repair';
import { addRehearse } from './commands/rehearse';
import { addReplay } from './commands/replay';
import { addRun } from './commands/run';
import { addRuns } from './commands/runs';
import { addShow } from './commands/show';
import { addTranscript } from './commands/transcript';
import { addUp } from './commands/up';
import { exitCodeOfFailure, exitCodes } from './exit-codes';
import { interruption } from './interrupt';
import type { Project } from './session';
import { plain, processTerminal } from './terminal';

const exitCodeHelp = `
Exit codes:
  0  done (with --wait: completed)   2  wrong words or input     3  no server, or the data folder is unusable
  4  no such run                     5  refused by the run       6  a history does not fit the code
  --wait, demo: 10 completedPartially  11 rejected  12 rolledBack  13 outOfBudget  14 needsRepair
  1  unexpected                    130  interrupted (the run is kept)

Environment variables are listed in .env.example.`;

interface GlobalOptions {
  readonly data?: string;
  readonly debug?: true;
}

/** Runs the command line with the given words, and returns the exit code. It prints whatever there is to say. */
export async function runCommandLine(project: Project, words: readonly string[]): Promise<number> {
  const program = new Command('counterpoint');
  const terminal = processTerminal();
  const outcome = { exitCode: exitCodes.done as number };
  const signal = interruption();
  signal.addEventListener('abort', () => {
    terminal.say('Interrupted; stopping. Ctrl-C again ends it at once.');
  });
  program
    .version(project.version)
    .description('Durable multi-agent processes on Temporal.')
    .option('--data <dir>', 'the data folder (default: COUNTERPOINT_DATA, or .counterpoint)')
    .option('--debug', 'print stack traces of errors')
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(counterpoint --help lists the commands)')
    .exitOverride();
  const act: Act =
    (action) =>
    async (...given) => {
      const command = given.at(-1) as Command; // commander calls with the arguments, the options, and the command
      const { data, ...options } = command.optsWithGlobals<GlobalOptions>();
      const environment = data === undefined ? process.env : { ...process.env, COUNTERPOINT_DATA: data };
      const context = { project, config: loadConfig(environment), terminal, signal };
      outcome.exitCode = await action(context, command.processedArgs as string[], options as never);
    };
  for (const add of [addDemo, addUp, addRun, addRuns, addShow, addInbox, addDecide]) add(program, act);
  for (const add of [addPreview, addReject, addCancel, addRepair, addFork, addRehearse]) add(program, act);
  for (const add of [addTranscript, addData, addCatalogues, addReplay]) add(program, act);
  for (const command of program.commands) command.exitOverride().showHelpAfterError('(--help tells more)');
  try {
    await program.parseAsync(words, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (signal.aborted && !(error instanceof Failure)) return exitCodes.interrupted;
    const isDebug = program.opts<GlobalOptions>().debug === true;
    terminal.say(describeError(error, isDebug));
    return error instanceof Failure ? exitCodeOfFailure(error.type) : exitCodes.unexpected;
  }
}

function describeError(error: unknown, isDebug: boolean): string {
  if (!(error instanceof Error)) return `error: ${plain(String(error))}`;
  if (isDebug) return error.stack ?? error.message;
  const message = plain(error.message);
  return error instanceof Failure
    ? `error: ${message}`
    : `unexpected error: ${message}\n(--debug prints where it came from)`;
}
