import { runRehearsalWorker } from '../../../src/rehearsal/rehearsal-worker';
import { agents, codeAgents, tools } from './catalogue';

/** The worker of these tests: the one that is shipped, with other catalogues. */
void runRehearsalWorker({ agents, tools, rules: {}, codeAgents });
