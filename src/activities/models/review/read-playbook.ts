import { type Document, isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';
import { failure, type Failure } from '../../../contracts/failures';
import { Playbook, type PlaybookEntry, type PlaybookTest } from '../../../contracts/playbook';

const bytesMax = 256 * 1024;
const problemsMax = 5;
const remedy = 'Correct the playbook file and run again.';

type Path = readonly PropertyKey[];

/**
 * Reads a playbook from YAML.
 *
 * Throws `PlaybookInvalid`, naming line and path, when the text is over 256 KB, not YAML, uses aliases or tags, does
 * not match the schema, has two entries for one category, or holds tests that can never decide anything.
 */
export function parsePlaybook(yamlText: string): Playbook {
  const bytes = Buffer.byteLength(yamlText, 'utf8');
  if (bytes > bytesMax) {
    throw invalid([`expected at most ${bytesMax} bytes, came ${bytes}.`]);
  }
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw invalid(
      faults.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: expected plain YAML, came: ${message}.`),
    );
  }
  refuseAliases(document, lines);
  const parsed = Playbook.safeParse(document.toJS({ maxAliasCount: 0 }), { error: z.locales.en().localeError });
  const at = (path: Path): string => `line ${lineOf(document, lines, path)}, ${dotted(path)}`;
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => `${at(issue.path)}: ${issue.message}; came ${came(document, issue.path)}.`),
    );
  }
  const contradictions = [...repeated(parsed.data), ...parsed.data.entries.flatMap(undecidable)];
  if (contradictions.length > 0) throw invalid(contradictions.map(({ path, problem }) => `${at(path)}: ${problem}`));
  return parsed.data;
}

function invalid(problems: readonly string[]): Failure {
  const shown = problems.slice(0, problemsMax);
  const rest = problems.length - shown.length;
  const more = rest > 0 ? ` And ${rest} more.` : '';
  return failure('PlaybookInvalid', `The playbook cannot be used: ${shown.join(' ')}${more} ${remedy}`, {
    problems: shown,
  });
}

function refuseAliases(document: Document, lines: LineCounter): void {
  visit(document, (_key, node) => {
    if (!isNode(node)) return;
    if (!isAlias(node) && node.anchor === undefined) return;
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    throw invalid([`line ${line}: expected the values themselves, came an alias or anchor.`]);
  });
}

interface Contradiction {
  readonly path: Path;
  readonly problem: string;
}

function repeated({ entries }: Playbook): Contradiction[] {
  return entries.flatMap(({ category }, index) => {
    const first = entries.findIndex((entry) => entry.category === category);
    const problem = `expected one entry for each category, came a second one for "${category}".`;
    return first < index ? [{ path: ['entries', index, 'category'], problem }] : [];
  });
}

function undecidable(entry: PlaybookEntry, index: number): Contradiction[] {
  const at = (key: string, problem: string): Contradiction => ({ path: ['entries', index, key], problem });
  const found: Contradiction[] = [];
  const pairs = [
    ['fallback', entry.fallback, entry.fallbackTests],
    ['dealBreaker', entry.dealBreaker, entry.dealBreakerTests],
  ] as const;
  for (const [name, words, tests] of pairs) {
    if ((words === undefined) !== (tests === undefined)) {
      found.push(at(name, `expected ${name} and ${name}Tests together, came only one of them.`));
    }
  }
  const lists = { positionTests: entry.positionTests, fallbackTests: entry.fallbackTests ?? [] };
  for (const [name, tests] of Object.entries(lists)) {
    if (wants(tests, 'absent') && tests.some(({ test }) => test !== 'absent' && test !== 'avoids')) {
      found.push(
        at(name, 'expected tests that can hold together, came "absent" beside a test of what the clause says.'),
      );
    }
  }
  for (const [name, tests] of Object.entries({ ...lists, dealBreakerTests: entry.dealBreakerTests ?? [] })) {
    if (tests.some((test) => 'anyOf' in test && test.anyOf.some((phrase) => phrase.trim() === ''))) {
      found.push(at(name, 'expected phrases of at least one word, came a blank one.'));
    }
  }
  if (wants(entry.dealBreakerTests ?? [], 'absent')) {
    const problem = 'expected a test of what the contract says, came "absent"; ask for the clause in positionTests.';
    found.push(at('dealBreakerTests', problem));
  }
  return found;
}

function wants(tests: readonly PlaybookTest[], name: PlaybookTest['test']): boolean {
  return tests.some(({ test }) => test === name);
}

/** The line of the node at a path or, where there is none, of the nearest one around it. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function dotted(path: Path): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the whole file';
}

function came(document: Document, path: Path): string {
  const value: unknown = document.getIn(path);
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
