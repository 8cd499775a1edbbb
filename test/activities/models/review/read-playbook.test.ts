import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../../src/contracts/failures';
import { parsePlaybook } from '../../../../src/activities/models/review/read-playbook';

const head = 'name: Buying\nversion: 1.0.0\nowner: legal\nside: the buyer\nentries:\n';
const entry = (category: string, rest = ''): string =>
  `  - category: ${category}\n    position: What we want.\n    positionTests:\n      - test: present\n    severity: low\n    advice: Ask.\n${rest}`;

function refusalOf(text: string): Failure {
  try {
    parsePlaybook(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('the playbook was accepted');
}

describe('parsePlaybook', () => {
  test.each([
    ['names the line where YAML breaks', `${head}  - [unclosed`, /line 6/],
    [
      'names the path, what was expected and what came',
      head + entry('Audit Rights').replace('low', 'severe'),
      /line 10, entries\[0\]\.severity: .*"low"\|"medium"\|"high".*came "severe"/,
    ],
    [
      'names a category that does not exist',
      head + entry('Audit Right'),
      /line 6, entries\[0\]\.category: .*came "Audit Right"/,
    ],
    [
      'names an unknown test',
      head + entry('Insurance').replace('present', 'is there'),
      /positionTests\[0\].*'present'.*'daysAtLeast'/,
    ],
    [
      'names a missing key',
      head + entry('Insurance').replace(/ {4}advice.*\n/, ''),
      /entries\[0\]\.advice: .*came nothing/,
    ],
    ['names an unknown key', head + entry('Insurance', '    colour: red\n'), /entries\[0\]: .*"colour"/],
    [
      'refuses a second entry for a category',
      head + entry('Insurance') + entry('Insurance'),
      /line 12, entries\[1\]\.category: expected one entry .* "Insurance"/,
    ],
    ['refuses a repeated key', `${head}${entry('Insurance')}name: Again\n`, /line 12: .*unique/],
    ['refuses an alias', `${head}${entry('Insurance').replace('Ask.', '&a Ask.')}owner2: *a\n`, /alias or anchor/],
    ['refuses a tag', head + entry('Insurance').replace('Ask.', '!!js/function Ask.'), /line 11/],
    ['refuses a second document', `${head}${entry('Insurance')}---\na: 1\n`, /multiple documents/],
    [
      'refuses words without tests',
      head + entry('Insurance', '    fallback: Less.\n'),
      /fallback and fallbackTests together/,
    ],
    [
      'refuses tests without words',
      head + entry('Insurance', '    dealBreakerTests:\n      - test: present\n'),
      /dealBreaker and dealBreakerTests together/,
    ],
    [
      'refuses a deal broken by what is absent',
      head + entry('Insurance', '    dealBreaker: None.\n    dealBreakerTests:\n      - test: absent\n'),
      /dealBreakerTests: .*"absent"/,
    ],
    [
      'refuses tests that can never hold together',
      head + entry('Insurance').replace('- test: present', '- test: present\n      - test: absent'),
      /positionTests: expected tests that can hold together/,
    ],
    [
      'refuses a blank phrase',
      head + entry('Insurance').replace('test: present', "{ test: mentions, anyOf: [' '] }").replace('- {', '- {'),
      /at least one word/,
    ],
    ['refuses an empty file', '', /the whole file: .*came/],
  ])('%s', (_fact, text, message) => {
    const refusal = refusalOf(text);
    expect(refusal.type).toBe('PlaybookInvalid');
    expect(refusal.message).toMatch(message);
  });

  test('refuses an alias bomb without expanding it', () => {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `l${index + 1}: &l${index + 1} [*l${index}, *l${index}, *l${index}]`,
    );
    expect(refusalOf(`l0: &l0 [x]\n${levels.join('\n')}\n`).message).toMatch(/line 1: .*alias or anchor/);
  });

  test('refuses nesting that no reader survives', () => {
    expect(refusalOf('['.repeat(20_000)).type).toBe('PlaybookInvalid');
  });

  test('refuses a file of more than 256 KB, counted in bytes', () => {
    expect(refusalOf(`# ${'é'.repeat(131_072)}\n${head}${entry('Insurance')}`).message).toMatch(
      /at most 262144 bytes, came 262/,
    );
  });

  test('names at most five of many problems and counts the rest', () => {
    const entries = Array.from({ length: 8 }, (_, index) => entry(`Nonsense ${index}`)).join('');
    expect(refusalOf(head + entries).message).toMatch(/And 3 more\./);
  });

  test('reads a playbook as it is written', () => {
    const read = parsePlaybook(head + entry('Insurance') + entry('Audit Rights'));
    expect(read.entries.map(({ category }) => category)).toEqual(['Insurance', 'Audit Rights']);
    expect(read.entries[0]?.positionTests).toEqual([{ test: 'present' }]);
  });

  test('reads the playbook that is shipped', () => {
    const shipped = readFileSync(join(__dirname, '../../../../data/playbook.yaml'), 'utf8');
    expect(parsePlaybook(shipped).entries.length).toBeGreaterThan(10);
  });
});
