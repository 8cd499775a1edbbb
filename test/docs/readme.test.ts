import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue } from '../../examples/nda-intake';
import { days, hours } from '../../src/contracts/duration';
import { exitCodes } from '../../src/client/exit-codes';
import { decideNext, viewOf, waiting } from '../support/deciding';
import { mattersInMemory, servicesWith, startExample } from './example-world';

const root = join(__dirname, '..', '..');
const exampleLinesMax = 45;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const example = read('examples/nda-intake.ts');
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'data/README.md',
  ...markdownIn('docs'),
  ...markdownIn('docs/decisions'),
];

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

describe('the complete example', () => {
  it(`has at most ${exampleLinesMax} lines`, () => {
    expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(exampleLinesMax);
  });

  it('stands in the README word for word', () => {
    expect(read('README.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it('asks both agents at once, holds their quotes against the text, escalates the sign-off, and files', async () => {
    const nda = { name: 'nda.txt', sha256: 'a'.repeat(64), text: 'It lasts two years. Swiss law governs.' };
    const begun: string[] = [];
    const bothBegan = meeting(2);
    const matters = mattersInMemory();
    const code = {
      durationReader: async (_nda: typeof nda, { feedback }: { feedback: readonly string[] }) => {
        begun.push(['durationReader', ...feedback].join(' | '));
        await bothBegan.arrive();
        const quote = feedback.length === 0 ? 'It lasts ten years.' : 'It lasts two years.';
        return { statement: quote, quote };
      },
      lawReader: async () => {
        begun.push('lawReader');
        await bothBegan.arrive();
        return { statement: 'Swiss law', quote: 'Swiss law governs.' };
      },
    };
    const world = await startExample(code, matters);
    try {
      const handle = await world.start(nda);
      expect(await waiting(handle)).toMatchObject({ role: 'counsel', escalated: false });
      await world.letPass(days(2) + hours(1));
      const escalated = await waiting(handle, ({ role }) => role === 'generalCounsel');
      expect(escalated).toMatchObject({ escalated: true, subject: { duration: { quote: 'It lasts two years.' } } });
      await decideNext(handle, 'approve');
      const filed = { contract: 'nda.txt', contractSha256: nda.sha256, matterId: 'M-1', signedOffBy: 'ada' };
      expect(await handle.result()).toMatchObject({ outcome: 'completed', value: filed });
      expect([...begun].sort()).toEqual([
        'durationReader',
        'durationReader | Not in the text: It lasts ten years.',
        'lawReader',
      ]);
      const { steps } = await viewOf(handle);
      const effect = steps.find(({ name }) => name === 'fileNda')?.effect;
      expect(effect).toMatchObject({ effect: 'compensatable', outcome: 'done' });
      await undoes(matters, effect?.idempotencyKey ?? '');
    } finally {
      await world.stop();
    }
  }, 60_000);
});

/** The key in the journal is all that the undo needs, and undoing twice does no harm. */
async function undoes(matters: ReturnType<typeof mattersInMemory>, idempotencyKey: string): Promise<void> {
  const tool = catalogue.tools.fileNda;
  if (tool.effect !== 'compensatable') throw new Error('Expected the tool of the example to be compensatable.');
  const context = { services: servicesWith(matters), idempotencyKey };
  const matter = matters.filed.get(idempotencyKey);
  expect(await tool.lookup(context)).toEqual(matter);
  await tool.compensate(matter!, context);
  await tool.compensate(matter!, context);
  expect(await tool.lookup(context)).toBeUndefined();
}

/** Opens when as many have come as are expected, so that whoever waits for the others shows that all are under way. */
function meeting(expected: number) {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    arrive() {
      come += 1;
      if (come >= expected) open();
      return opened;
    },
  };
}

describe('the README', () => {
  it('lists every exit code with its number', () => {
    const listed = [...read('README.md').matchAll(/^\| (\d+) +\| `(\w+)` /gm)].map(([, code, name]) => [
      name,
      Number(code),
    ]);
    expect(Object.fromEntries(listed)).toEqual(exitCodes);
  });

  it('lists the variables of .env.example that are Counterpoint’s own', () => {
    const own = [...read('.env.example').matchAll(/^#? ?(COUNTERPOINT_\w+)=/gm)].map(([, name]) => name);
    const listed = [...read('README.md').matchAll(/^\| `(COUNTERPOINT_\w+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(own.sort());
  });
});

describe('the documents', () => {
  it.each(documents)('%s links only to files that are there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it.each(documents)('%s names only source files that are there', (document) => {
    const named = [...read(document).matchAll(/`((?:src|test|data|deploy|examples|docs|eval)\/[\w./-]*\w)`/g)];
    expect(named.map(([, file]) => file ?? '').filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('gives every file of the engine its place in the life of a step', () => {
    const phases = read('ARCHITECTURE.md').split('## The life of a step')[1]?.split('**What crosses')[0] ?? '';
    const named = new Set([...phases.matchAll(/`([\w-]+\.ts)`/g)].map(([, file]) => file));
    expect([...named].sort()).toEqual(readdirSync(join(root, 'src/workflows/engine')).sort());
  });
});
