import { failure } from '../../contracts/failures';
import { outcomes } from '../../contracts/outcome';
import { searchAttributes } from '../../contracts/search-attributes';
import { exitCodes } from '../exit-codes';
import { findProcess, kebabCase } from '../find-process';
import { listRuns, runsListedMax } from '../runs';
import { withSession } from '../session';
import { table } from '../terminal';
import { jsonOption, type AddCommand } from './command';

const states: readonly string[] = ['running', 'waiting', ...outcomes];

interface RunsOptions {
  readonly process?: string;
  readonly state?: string;
  readonly json?: true;
}

export const addRuns: AddCommand = (program, act) => {
  program
    .command('runs')
    .description('list runs, newest first')
    .option('--process <process>', 'only runs of this process')
    .option('--state <state>', `only runs in this state: ${states.join(', ')}`)
    .option(...jsonOption)
    .action(
      act<RunsOptions>((context, _args, { process, state, json }) => {
        if (state !== undefined && !states.includes(state)) {
          throw failure('InvalidInput', `There is no state ${state}. There are: ${states.join(', ')}.`);
        }
        const name = process === undefined ? undefined : findProcess(context.project.processes, process).name;
        const filters = [
          ...(name === undefined ? [] : [`${searchAttributes.process.name} = '${name}'`]),
          ...(state === undefined ? [] : [`${searchAttributes.state.name} = '${state}'`]),
        ];
        return withSession(context, async ({ client, terminal }) => {
          const { runs, isCut } = await listRuns(client, filters.length === 0 ? undefined : filters.join(' AND '));
          const rows = runs.map((run) => [
            run.runId,
            kebabCase(run.process),
            run.state,
            run.waitingRoles.join(', '),
            run.startedAt,
          ]);
          if (isCut) terminal.say(`There are more than ${runsListedMax} runs; only ${runsListedMax} are listed.`);
          if (json === true) terminal.printJson(runs);
          else if (runs.length === 0) terminal.print('No runs yet.');
          else terminal.print(table(['run', 'process', 'state', 'waiting for', 'started'], rows));
          return exitCodes.done;
        });
      }),
    );
};
