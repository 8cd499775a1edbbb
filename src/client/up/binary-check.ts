import { execFile } from 'node:child_process';
import { failure } from '../../contracts/failures';
import type { TemporalBinary } from './wheel-pins';

const answerWithinMs = 10_000;

/** The options of `temporal server start-dev` that the project starts it with. */
const serverOptions = ['--db-filename', '--sqlite-pragma', '--dynamic-config-value', '--search-attribute', '--ui-port'];

/**
 * Proves that a program is the binary that is meant, by running it: the CLI states its version and knows the options
 * that are needed; the test server, which has no `--version`, explains its use.
 *
 * @throws TemporalNotFound with the reason
 */
export async function checkBinary(which: TemporalBinary, path: string): Promise<void> {
  if (which === 'temporal-test-server') {
    const usage = await answerOf(path, []);
    if (!/usage:.*<port>/i.test(usage)) throw unlike(path, 'the use of the test server', usage);
    return;
  }
  const version = await answerOf(path, ['--version']);
  if (!/^temporal version \d+\./.test(version)) throw unlike(path, '"temporal version …"', version);
  const help = await answerOf(path, ['server', 'start-dev', '--help']);
  const missing = serverOptions.filter((option) => !help.includes(option));
  if (missing.length > 0) {
    throw failure('TemporalNotFound', `${path} is too old: its dev server lacks ${missing.join(', ')}`);
  }
}

function answerOf(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, args, { timeout: answerWithinMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (error === null) resolve(`${stdout}${stderr}`);
      else reject(failure('TemporalNotFound', `${path} does not run: ${error.message.trim().slice(0, 500)}`));
    });
  });
}

function unlike(path: string, expected: string, answer: string): Error {
  return failure(
    'TemporalNotFound',
    `${path} must answer ${expected}, and answered ${JSON.stringify(answer.slice(0, 200))}`,
  );
}
