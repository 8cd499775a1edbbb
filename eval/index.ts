import { contractReview } from './contract-review';
import { EvaluationCannotRun, type Evaluation } from './evaluation';

const evaluations: Readonly<Record<string, Evaluation>> = { 'contract-review': contractReview };

/** The exit code when an evaluation is unknown or lacks its data. */
const cannotRun = 2;

function main(args: readonly string[]): number {
  const json = args.includes('--json');
  const names = args.filter((argument) => argument !== '--json');
  const evaluation = names.length === 1 ? evaluations[names[0] ?? ''] : undefined;
  if (evaluation === undefined) {
    const asked = names.length === 0 ? 'No evaluation was named.' : `There is no evaluation "${names.join(' ')}".`;
    const known = Object.entries(evaluations).map(([name, { about }]) => `  ${name}  ${about}`);
    process.stderr.write(`${asked} Run: npm run eval -- NAME [--json]\nThe evaluations are:\n${known.join('\n')}\n`);
    return cannotRun;
  }
  try {
    const result = evaluation.measure();
    process.stdout.write(json ? `${JSON.stringify(result.json, null, 2)}\n` : `${result.table}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof EvaluationCannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return cannotRun;
  }
}

process.exitCode = main(process.argv.slice(2));
