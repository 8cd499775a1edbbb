import type { Agents } from '../agents';
import type { Rules } from '../activities/rules';
import type { Tools } from '../activities/tools';
import { processDefiner } from './engine/define-process';
import type { Run } from './engine/run';

/** This project's catalogues. */
interface Project {
  readonly agents: Agents;
  readonly tools: Tools;
  readonly rules: Rules;
}

/** A run over this project's catalogues, for the parts of a process. */
export type ProjectRun = Run<Project>;

/** Defines a process over this project's catalogues. */
export const defineProcess = processDefiner<Project>();
