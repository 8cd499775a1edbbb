import { parseArgs } from 'node:util';
import { Failure, failure } from '../../src/contracts/failures';
import { measureQuota, type Quota } from './quota';
import { measureServerDown, type ServerDown } from './server-down';

const help = `Usage: npm run outage [-- --down SECONDS] [--json]

Lets a run lose its model twice, on a Temporal server, a worker and a model server of its own, and says what came of it:
its server is gone in mid-run, for as long as --down says, and comes back; and its quota is at an end, with another model
to go to. Exit code 1: a run did not complete.

  --down SECONDS  1 to 600. Default: 120
  --json          the measures as one JSON document
`;

async function main(words: readonly string[]): Promise<number> {
  const options = optionsOf(words);
  if (options === 'help') {
    process.stdout.write(help);
    return 0;
  }
  const startedAt = Date.now();
  const say = (line: string) => {
    process.stderr.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);
  };
  say(`1. the only model’s server is gone for ${options.downMs / 1_000} s`);
  const serverDown = await measureServerDown(options.downMs, say);
  say('2. the first of two models has no quota left');
  const quota = await measureQuota(say);
  process.stdout.write(
    options.isJson ? `${JSON.stringify({ serverDown, quota }, null, 2)}\n` : report(serverDown, quota),
  );
  return [serverDown, quota].every(({ outcome }) => outcome === 'completed') ? 0 : 1;
}

function optionsOf(words: readonly string[]): 'help' | { readonly downMs: number; readonly isJson: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  const options = { down: { type: 'string', default: '120' }, json: flag, help: flag } as const;
  const { values } = parsed(() => parseArgs({ args: [...words], options }));
  if (values.help) return 'help';
  const seconds = Number(values.down);
  if (seconds >= 1 && seconds <= 600) return { downMs: seconds * 1_000, isJson: values.json };
  throw failure('InvalidInput', `Expected --down from 1 to 600 seconds; ${JSON.stringify(values.down)} came.`);
}

function parsed<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw failure('InvalidInput', error instanceof Error ? error.message : String(error));
  }
}

function report(down: ServerDown, quota: Quota): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const lines = [
    `The model’s server gone for ${seconds(down.downMs)}: ${down.outcome}`,
    `  requests that reached it   ${down.requestsBefore} before, ${down.requestsAfter} after`,
    ...Object.entries(down.tries).map(([call, tries]) => `  tries of ${call}  ${tries}`),
    `  back to the first request  ${seconds(down.returnToRequestMs)}`,
    `  back to the end of the run ${seconds(down.returnToEndMs)}`,
    `A quota at its end: ${quota.outcome}`,
    `  models asked               ${quota.asked.join(', ')}`,
    `  error to the next request  ${quota.errorToNextMs} ms`,
    ...quota.decided.map(({ by, result }) => `  in the journal             ${by}: ${result}`),
  ];
  return `${lines.join('\n')}\n`;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isExpected = error instanceof Failure;
    process.stderr.write(`${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(isExpected ? 2 : 1);
  },
);
