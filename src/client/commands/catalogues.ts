import * as z from 'zod/mini';
import { exitCodes } from '../exit-codes';
import { kebabCase } from '../find-process';
import { table } from '../terminal';
import { jsonOption, type AddCommand } from './command';

interface JsonOption {
  readonly json?: true;
}

/** `processes`, `agents` and `tools`: what this project has. They need no server. */
export const addCatalogues: AddCommand = (program, act) => {
  program
    .command('processes')
    .description('list the processes that can be run')
    .option(...jsonOption)
    .action(
      act<JsonOption>(({ project, terminal }, _args, { json }) => {
        const rows = project.processes.map((process) => [
          kebabCase(process.name),
          process.version,
          process.owner,
          process.objective,
        ]);
        if (json !== true) terminal.print(table(['process', 'version', 'owner', 'objective'], rows));
        else {
          terminal.printJson(
            project.processes.map(({ name, version, owner, objective, budget, input, output }) => ({
              ...{ name: kebabCase(name), version, owner, objective, budget },
              ...{ input: z.toJSONSchema(input), output: z.toJSONSchema(output) },
            })),
          );
        }
        return Promise.resolve(exitCodes.done);
      }),
    );
  program
    .command('agents')
    .description('list the agents, their owners, and the models that this environment gives them')
    .option(...jsonOption)
    .action(
      act<JsonOption>(async ({ project, config, terminal }, _args, { json }) => {
        const agents = await project.agentsOf(config);
        const rows = agents.map(({ name, version, owner, models, objective }) => [
          name,
          version,
          owner,
          models.join(', '),
          objective,
        ]);
        if (json === true) terminal.printJson(agents);
        else terminal.print(table(['agent', 'version', 'owner', 'models', 'objective'], rows));
        return exitCodes.done;
      }),
    );
  program
    .command('tools')
    .description('list the tools and what they may change')
    .option(...jsonOption)
    .action(
      act<JsonOption>(({ project: { tools }, terminal }, _args, { json }) => {
        const rows = tools.map(({ name, version, effect, description }) => [name, version, effect, description]);
        if (json === true) terminal.printJson(tools);
        else terminal.print(table(['tool', 'version', 'effect', 'description'], rows));
        return Promise.resolve(exitCodes.done);
      }),
    );
};
