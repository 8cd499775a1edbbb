import { parseArgs } from 'node:util';
import { contractReview } from './contract-review';
import { EvaluationCannotRun, type Evaluation } from './evaluation';
import { gates } from './gates/evaluate-gates';
import { weakModel } from './weak-model/evaluate-weak-model';

const evaluations: Readonly<Record<string, Evaluation>> = {
  'contract-review': contractReview,
  gates,
  'weak-model': weakModel,
};

/** The exit code when an evaluation is unknown or lacks its data. */
const cannotRun = 2;

async function main(args: readonly string[]): Promise<number> {
  const known = Object.entries(evaluations).map(([name, { about }]) => `  ${name}  ${about}`);
  const usage = `Run: npm run eval -- NAME [--json]\nThe evaluations are:\n${known.join('\n')}\n`;
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const read = parsed(args);
  if ('fault' in read) {
    process.stderr.write(`${read.fault} ${usage}`);
    return cannotRun;
  }
  const { values, positionals } = read;
  const evaluation = positionals.length === 1 ? evaluations[positionals[0] ?? ''] : undefined;
  if (evaluation === undefined) {
    const asked =
      positionals.length === 0 ? 'No evaluation was named.' : `There is no evaluation "${positionals.join(' ')}".`;
    process.stderr.write(`${asked} ${usage}`);
    return cannotRun;
  }
  try {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const result = await evaluation.measure({ options: values, say });
    process.stdout.write(values['json'] === true ? `${JSON.stringify(result.json, null, 2)}\n` : `${result.table}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof EvaluationCannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return cannotRun;
  }
}

/** Options that do not fit are told as one line, like everything else that is asked wrongly. */
function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    ...{ json: flag, write: flag, trials: text, seed: text, process: text },
    ...{ document: text, models: text, categories: text, escalations: text, minutes: text, data: text },
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    return { fault: error instanceof Error ? `${error.message}.` : String(error) };
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
