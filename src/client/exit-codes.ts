import type { FailureType } from '../contracts/failures';
import type { Outcome } from '../contracts/outcome';

/** What the command line ends with, so that scripts can tell what happened. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  /** Wrong words on the command line, an unknown process, an input that does not fit. */
  usage: 2,
  /** No server could be had or reached, or the data folder cannot be used. */
  unavailable: 3,
  /** No such run. */
  notFound: 4,
  /** A decision or a rejection was refused. */
  refused: 5,
  /** A replayed history does not fit the code. */
  replayFailed: 6,
  completedPartially: 10,
  rejected: 11,
  rolledBack: 12,
  outOfBudget: 13,
  needsRepair: 14,
  /** Ctrl-C: the run goes on as soon as a worker is up again. */
  interrupted: 130,
} as const;

export function exitCodeOfOutcome(outcome: Outcome): number {
  return outcome === 'completed' ? exitCodes.done : exitCodes[outcome];
}

export function exitCodeOfFailure(type: FailureType): number {
  switch (type) {
    case 'InvalidInput':
    case 'UnknownProcess':
    case 'DocumentUnreadable':
      return exitCodes.usage;
    case 'ServerUnavailable':
    case 'TemporalNotFound':
    case 'DataFolderUnusable':
    case 'DatabaseUnavailable':
    case 'PortOccupied':
      return exitCodes.unavailable;
    case 'RunNotFound':
      return exitCodes.notFound;
    case 'DecisionRefused':
    case 'RejectionRefused':
      return exitCodes.refused;
    default:
      return exitCodes.unexpected;
  }
}
