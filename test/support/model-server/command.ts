import { parseArgs } from 'node:util';
import { Failure, failure } from '../../../src/contracts/failures';
import { startModelServer, type RecordedRequest } from './index';
import { readScript } from './read-script';

const help = `Usage: npm run model-server -- SCRIPT [--port N]

Starts a server on the loopback interface that speaks the wire format of OpenAI and answers what SCRIPT says, a file of
YAML or JSON; docs/examples/model-script.yaml is one. Prints its address, then a line per request. Ctrl-C ends it.

  --port N  the port. Default: a free one
  --help    this text
`;

const usageExitCode = 2;

async function main(words: readonly string[]): Promise<void> {
  const toldToStop = untilToldToStop();
  const asked = wordsOf(words);
  if (asked === 'help') {
    process.stdout.write(help);
    return;
  }
  const script = await readScript(asked.path);
  const server = await startModelServer(script, { port: asked.port, onAnswered: printLine });
  process.stdout.write(`OPENAI_BASE_URL=${server.url}\n`);
  await toldToStop;
  await server.close();
}

/** @throws `InvalidInput` for an unknown option, a port that is none, or any number of scripts but one */
function wordsOf(words: readonly string[]): 'help' | { readonly path: string; readonly port: number } {
  const { values, positionals } = parsed(words);
  if (values.help) return 'help';
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    throw failure('InvalidInput', `Expected one script, came ${positionals.length}.\n\n${help}`);
  }
  const port = Number(values.port);
  if (/^\d{1,5}$/.test(values.port) && port < 65_536) return { path, port };
  throw failure(
    'InvalidInput',
    `A port is a number from 0, a free one, to 65535; this is ${JSON.stringify(values.port)}.`,
  );
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { port: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw failure('InvalidInput', `${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function printLine({ number, method, path, body, rule, reply, status, ending }: RecordedRequest): void {
  const asked = modelAndMessages(body);
  const from = rule === undefined ? '' : `, rule ${rule} reply ${reply ?? 0}`;
  process.stdout.write(`#${number} ${method} ${path}${asked}: ${status ?? 'no status'} ${ending}${from}\n`);
}

function modelAndMessages(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const model = 'model' in body && typeof body.model === 'string' ? ` ${body.model}` : '';
  const messages = 'messages' in body && Array.isArray(body.messages) ? `, ${body.messages.length} messages` : '';
  const stream = 'stream' in body && body.stream === true ? ', streamed' : '';
  return model + messages + stream;
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const end of ['SIGTERM', 'SIGINT'] as const) {
      process.once(end, () => {
        resolve();
      });
    }
  });
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const isExpected = error instanceof Failure;
    process.stderr.write(`${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(isExpected && error.type === 'InvalidInput' ? usageExitCode : 1);
  },
);
