import { Option } from 'commander';
import { describeResult, describeRun } from '../describe';
import { exitCodes } from '../exit-codes';
import { graphOf } from '../graph';
import { resultOfRun, viewRun } from '../runs';
import { withSession } from '../session';
import { jsonOption, type AddCommand } from './command';

export const addShow: AddCommand = (program, act) => {
  program
    .command('show')
    .argument('<run>', 'the run’s id')
    .description('show a run: its steps, what it spent, what waits, what it came to')
    .addOption(new Option('--graph', 'print its steps as they ran, as a Mermaid flowchart').conflicts('json'))
    .option(...jsonOption)
    .action(
      act<{ readonly graph?: true; readonly json?: true }>((context, [runId = ''], { graph, json }) =>
        withSession(context, async ({ client, terminal }) => {
          const view = await viewRun(client, runId);
          if (graph === true) {
            terminal.print(graphOf(view));
            return exitCodes.done;
          }
          if (json !== true) terminal.print(describeRun(view));
          const result = await resultOfRun(client, runId);
          if (json === true) terminal.printJson({ ...view, ...(result === undefined ? {} : { result }) });
          else if (result !== undefined) terminal.print(`\n${describeResult(result)}`);
          return exitCodes.done;
        }),
      ),
    );
};
