import { Failure, failure } from '../../contracts/failures';
import { exitCodes } from '../exit-codes';
import { journalOf, viewRun } from '../runs';
import { withSession, type Session } from '../session';
import { describeTranscript } from '../transcript/describe-transcript';
import { stepTranscript, type StepTranscript } from '../transcript/step-transcript';
import { jsonOption, type AddCommand } from './command';

const help = `
Every attempt is printed, with every part of the agent's work and all that was said in it: the opening, each turn with
the tools that the model asked for and what they answered, and what a turn took. A summary stands after the turns that
it stands for. The step is one that \`show\` lists; a step in which no model was talked to has no conversation.

Example:
  counterpoint transcript first-review clauseExtractor-3`;

export const addTranscript: AddCommand = (program, act) => {
  program
    .command('transcript')
    .argument('<run>', 'the run’s id')
    .argument('<step>', 'a step of an agent')
    .description('print what an agent and its models said to each other in a step')
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(
      act<{ readonly json?: true }>((context, [runId = '', step = ''], { json }) =>
        withSession(context, async (session) => {
          const transcript = await readStep(session, runId, step);
          if (json === true) session.terminal.printJson(transcript);
          else session.terminal.print(describeTranscript(transcript));
          return exitCodes.done;
        }),
      ),
    );
};

async function readStep(session: Session, runId: string, step: string): Promise<StepTranscript> {
  const { client, config, folder, project } = session;
  const { models = {} } = await viewRun(client, runId);
  const entries = await journalOf(client, runId);
  const { databaseUrl: url } = config;
  const transcripts = await project.openTranscripts(url === undefined ? { folder: folder.transcripts } : { url });
  try {
    return await stepTranscript({ read: transcripts.read, models }, entries, { runId, step });
  } catch (error) {
    throw error instanceof Failure && error.type === 'TranscriptMissing' ? lookedIn(error, session) : error;
  } finally {
    await transcripts.close();
  }
}

/** Which store was looked into: the run's worker may use another. */
function lookedIn({ type, message, details }: Failure, { config, folder }: Session): Failure {
  const where =
    config.databaseUrl === undefined
      ? `in ${folder.transcripts}; a worker with a DATABASE_URL or another data folder keeps them there`
      : 'in the database of DATABASE_URL; a worker without one keeps them in its data folder';
  return failure(type, `${message} It was looked for ${where}.`, details);
}
