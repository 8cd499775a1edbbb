import { createInterface } from 'node:readline/promises';

/** Puts a question to the person at the terminal. Nothing when the input ends first; an AbortError when interrupted. */
export type AskLine = (question: string) => Promise<string | undefined>;

/** Lets a person at the terminal be asked for as long as the given work takes. */
export async function withPerson<Result>(
  signal: AbortSignal,
  work: (askLine: AskLine) => Promise<Result>,
): Promise<Result> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is edited the terminal sends no signal: Ctrl-C comes as a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<undefined>((resolve) => {
    lines.once('close', () => {
      resolve(undefined);
    });
  });
  try {
    return await work((question) => Promise.race([lines.question(question, { signal }), closed]));
  } finally {
    lines.close();
  }
}

/** Asks until the answer is yes or no. The end of input is a no. */
export async function askYesNo(askLine: AskLine, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await askLine(`${question} [y/n] `))?.trim().toLowerCase();
    if (answer === undefined || answer === 'n' || answer === 'no') return false;
    if (answer === 'y' || answer === 'yes') return true;
  }
}
