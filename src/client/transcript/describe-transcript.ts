import type { Usage } from '../../contracts/usage';
import { describeSpend } from '../spend';
import { oneLine, plain } from '../terminal';
import type { ConversationEntry, Heard, RequestView } from './conversation-view';
import type { AttemptView, PartView, StepTranscript } from './step-transcript';

/** A step's conversations for a person. What was said stands behind bars, so that no text can pose as a heading. */
export function describeTranscript({ runId, step, attempts }: StepTranscript): string {
  const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
  return [`${runId}, ${step}: ${count}`, ...attempts.flatMap(attemptLines)].join('\n');
}

function attemptLines({ attempt, by, came, usage, parts }: AttemptView): string[] {
  return [
    '',
    `attempt ${attempt} by ${oneLine(by)}${spentInAll(usage)}`,
    `  came to: ${oneLine(came)}`,
    ...parts.flatMap(partLines),
    ...(parts.length === 0 ? ['  no conversation'] : []),
  ];
}

function spentInAll(usage: Usage | undefined): string {
  return usage === undefined ? '' : `: ${describeSpend(usage)}`;
}

function partLines({ part, parts, entries }: PartView): string[] {
  const head = parts === 1 ? [] : ['', `part ${part} of ${parts}`];
  const goesOn = entries[0]?.kind === 'opening' ? [] : ['the conversation goes on'];
  return [...head, ...goesOn, ...entries.flatMap(entryLines)];
}

function entryLines(entry: ConversationEntry): string[] {
  switch (entry.kind) {
    case 'opening':
      return ['opening', ...entry.said.flatMap(heardLines)];
    case 'turn':
      return [
        `turn ${entry.turn}${spent(entry)}`,
        ...entry.said.flatMap(heardLines),
        ...(entry.text === '' ? [] : ['  model', ...quoted(entry.text)]),
        ...entry.requests.flatMap(requestLines),
      ];
    case 'summary':
      return [
        `summary, which stands for turns 1 to ${entry.standsForTurnsTo} from here on${spent(entry)}`,
        ...quoted(entry.text),
      ];
    case 'saidAgain':
      return [`turn ${entry.turn} again, as it was`];
  }
}

/** `: 700 tokens in (40 of them from the cache), 20 out, $0.0002` */
function spent({ tokens, costMicroUsd }: Extract<ConversationEntry, { kind: 'turn' | 'summary' }>): string {
  const { input, cachedInput, output } = tokens;
  const cached = cachedInput === 0 ? '' : ` (${cachedInput} of them from the cache)`;
  const cost = costMicroUsd === null ? 'at an unknown price' : `$${(costMicroUsd / 1e6).toFixed(6)}`;
  return `: ${input} tokens in${cached}, ${output} out, ${cost}`;
}

function heardLines({ role, text }: Heard): string[] {
  return [`  ${role}`, ...quoted(text)];
}

function requestLines({ call, tool, arguments: given, answer }: RequestView): string[] {
  const name = oneLine(tool);
  return [
    `  asks ${name} (${oneLine(call)})`,
    ...quoted(given),
    ...(answer === null ? [`  ${name} has not answered`] : [`  ${name} answered`, ...quoted(answer)]),
  ];
}

function quoted(text: string): string[] {
  return plain(text)
    .split(/[\n\u2028\u2029]/)
    .map((line) => `    | ${line}`);
}
