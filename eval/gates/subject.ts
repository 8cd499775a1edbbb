import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Services } from '../../src/activities/services';
import { customerOperations } from './customer-operations';

/** An input of a process, ready to be started with. */
export interface SubjectInput {
  readonly name: string;
  readonly input: unknown;
}

/** The systems that one run works on. */
export interface Systems {
  readonly services: Services;
  /** What stands in them, beside the effects that tools report. */
  state(): Promise<unknown>;
  close(): Promise<void>;
}

/** A process whose gates are measured. */
export interface Subject {
  readonly name: string;
  /** Its inputs; what they refer to is stored with the services. */
  inputs(services: Services): Promise<readonly SubjectInput[]>;
  /** Systems for one run of their own; nothing where runs do not get in each other's way. */
  readonly ownSystems?: (shared: Services) => Promise<Systems>;
  /** Ends what is kept from run to run. */
  readonly close?: () => Promise<void>;
}

const shippedContracts = join(__dirname, '..', '..', 'data', 'contracts');

/** The shipped contracts, and the real ones where they are there. */
function contractFiles(): string[] {
  const real = resolve(process.env['COUNTERPOINT_REAL_DATA'] ?? join('..', 'shared', 'data'), 'cuad', 'contracts');
  return [shippedContracts, real].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.txt'))
          .sort()
          .map((name) => join(folder, name))
      : [],
  );
}

const contractReview: Subject = {
  name: 'contractReview',
  inputs: ({ artifacts }) =>
    Promise.all(
      contractFiles().map(async (file) => {
        const name = basename(file);
        const document = await artifacts.put(readFileSync(file), { mediaType: 'text/plain', name });
        return { name, input: { document } };
      }),
    ),
};

export const subjects: readonly Subject[] = [contractReview, customerOperations];
