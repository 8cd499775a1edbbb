import { agents } from './agents';
import { codeAgents } from './activities/models/code-agents';
import { rules } from './activities/rules';
import { tools } from './activities/tools';
import { runRehearsalWorker } from './rehearsal/rehearsal-worker';

// What this process writes is for its user only: contracts are confidential.
process.umask(0o077);

/** The composition root of a rehearsal's worker: the project's catalogues on a copy of its systems. */
runRehearsalWorker({ agents, tools, rules, codeAgents }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
