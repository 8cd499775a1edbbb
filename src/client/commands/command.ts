import type { Command } from 'commander';
import type { Context } from '../session';

/** What a command does, with its arguments and options as commander parsed them. Returns the exit code. */
export type Action<Options> = (context: Context, args: readonly string[], options: Options) => Promise<number>;

/** Adds a command to the program. */
export type AddCommand = (program: Command, act: Act) => void;

/** Turns an action into commander's, with the context that the global options make. */
export type Act = <Options>(action: Action<Options>) => (...commanderArguments: unknown[]) => Promise<void>;

export const jsonOption = ['--json', 'print one JSON document on standard output'] as const;
