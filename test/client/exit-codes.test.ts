import { exitCodeOfFailure, exitCodeOfOutcome, exitCodes } from '../../src/client/exit-codes';
import { failureTypes, type FailureType } from '../../src/contracts/failures';
import { outcomes } from '../../src/contracts/outcome';

describe('exit codes', () => {
  it('are all different, and fit in a byte', () => {
    const codes = Object.values(exitCodes);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => code >= 0 && code < 256)).toBe(true);
  });

  it('tell the outcomes from each other, and only `completed` is 0', () => {
    expect(outcomes.map(exitCodeOfOutcome)).toEqual([0, 10, 11, 12, 13, 14]);
  });

  it('are never 0 for a failure', () => {
    const types = Object.keys(failureTypes) as FailureType[]; // the keys of a literal are its type's keys
    expect(types.filter((type) => exitCodeOfFailure(type) === 0)).toEqual([]);
  });

  it.each<[FailureType, number]>([
    ['InvalidInput', 2],
    ['UnknownProcess', 2],
    ['ServerUnavailable', 3],
    ['TemporalNotFound', 3],
    ['DataFolderUnusable', 3],
    ['DatabaseUnavailable', 3],
    ['PortOccupied', 3],
    ['RunNotFound', 4],
    ['DecisionRefused', 5],
    ['RejectionRefused', 5],
    ['NoOutcome', 1],
    ['StepFailed', 1],
  ])('say %s by %i', (type, code) => {
    expect(exitCodeOfFailure(type)).toBe(code);
  });
});
