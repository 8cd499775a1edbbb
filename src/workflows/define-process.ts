import type { Agents } from '../agents';
import type { Rules } from '../activities/rules';
import type { Tools } from '../activities/tools';
import { processDefiner } from './engine/define-process';

/** Defines a process over this project's catalogues. */
export const defineProcess = processDefiner<{ agents: Agents; tools: Tools; rules: Rules }>();
