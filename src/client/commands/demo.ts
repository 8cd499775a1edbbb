import type { ReviewReport } from '../../contracts/contract-review';
import type { AgentCard } from '../../contracts/manifest';
import { askPerson, decideAsDemo } from '../decide-for';
import { describeResult } from '../describe';
import { exitCodeOfOutcome } from '../exit-codes';
import { findProcess } from '../find-process';
import { followRun } from '../follow';
import { readInput } from '../read-input';
import { startRun } from '../runs';
import { withSession, type Session } from '../session';
import { oneLine } from '../terminal';
import { uiLink } from '../ui-link';
import type { AddCommand } from './command';

export const addDemo: AddCommand = (program, act) => {
  program
    .command('demo')
    .description('review a shipped contract from end to end, with everything that takes')
    .option('--yes', 'approve the sign-off as the actor "demo" instead of asking; reject what cannot be approved')
    .action(
      act<{ readonly yes?: true }>((context, _args, { yes }) =>
        withSession(context, (session) => demo(session, yes === true)),
      ),
    );
};

async function demo(session: Session, isToApprove: boolean): Promise<number> {
  const { client, config, project, terminal, stores, folder, signal } = session;
  const process = findProcess(project.processes, 'contractReview');
  const { about, store } = await readInput(process, project.demoDocument);
  const atWork = whoIsAtWork(await project.agentsOf(config));
  const runId = await startRun(client, { process, input: await store(stores), about, taskQueue: config.taskQueue });
  terminal.print(`Reviewing ${oneLine(about)} as run ${runId}`);
  terminal.print(`In the Temporal UI${uiLink(session, runId)}`);
  terminal.print(atWork);
  const sayKept = () => {
    terminal.say(`The run ${runId} is kept in ${folder.root} and goes on with \`counterpoint up\`.`);
  };
  signal.addEventListener('abort', sayKept);
  const result = await followRun(session, runId, (waiting, view) =>
    terminal.isInteractive && !isToApprove ? askPerson(session, waiting, view) : decideAsDemo(session, waiting, view),
  );
  signal.removeEventListener('abort', sayKept);
  terminal.print(describeResult(result));
  if (result.outcome === 'completed') {
    const { report, matter } = result.value as ReviewReport; // the output schema of the process just run
    terminal.print(`report   ${oneLine(report.htmlPath)}`);
    terminal.print(
      `filed    ${matter.matterId}: ${oneLine(matter.contract)}, signed off by ${oneLine(matter.signedOffBy)}`,
    );
  }
  return exitCodeOfOutcome(result.outcome);
}

function whoIsAtWork(agents: readonly AgentCard[]): string {
  const withModels = agents.filter(({ models }) => models.some((model) => model !== 'code'));
  if (withModels.length === 0) {
    return (
      'Code-backed agents are at work: no key, no cost. To switch one to a model, set OPENAI_API_KEY and ' +
      'COUNTERPOINT_MODELS, such as riskAssessor=gpt-5-mini; docs/models.md says how.'
    );
  }
  const named = withModels.map(({ name, models }) => `${name} (${models.join(', then ')})`);
  return `Agents with models are at work: ${named.join('; ')}. The others are code.`;
}
