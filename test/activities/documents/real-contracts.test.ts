import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDocumentText } from '../../../src/activities/documents/read-text';
import { splitSections } from '../../../src/activities/documents/split-sections';
import { makeDocx, makePdf, squeezed } from './made-documents';

const projectRoot = resolve(__dirname, '../../..');
const folder = resolve(projectRoot, process.env.COUNTERPOINT_REAL_DATA ?? '../shared/data', 'cuad/contracts');
const present = existsSync(folder);

/**
 * The numbered sections of each contract, counted by a reader: `4:2` is section 4 with 4.1 and 4.2. Numbers that the
 * contract itself skips or repeats are spelled out behind `but`.
 */
const counted: Readonly<Record<string, { readonly sections: string; readonly but?: (anchor: string) => string[] }>> = {
  AMERICASSHOPPINGMALLINC: {
    sections: '1:8 2:2 3:4 4:2 5:4 6:3 7:2 8:3 9:0 10:8',
    but: (anchor) => {
      if (anchor === 's-4.2') return ['s-4.2', 's-4.2.a', 's-4.2.b', 's-4.2.c'];
      if (anchor === 's-9') return ['s-9', 's-9.a', 's-9.b'];
      return anchor === 's-10.7' ? ['s-10.7', 's-10.7-2'] : [anchor];
    },
  },
  ANIXABIOSCIENCESINC: { sections: '1:9 2:8 3:5 4:6 5:6 6:6 7:3 8:4 9:10' },
  AgapeAtpCorp: {
    sections: '1:3 2:2 3:6 4:3 5:4 6:2 7:3 8:3 9:0 10:0 11:0 12:0 13:2 14:10',
    // It goes on as "3.5 (b)".
    but: (anchor) => (anchor === 's-3.5' ? ['s-3.5', 's-3.5-2'] : [anchor]),
  },
  DRIVENDELIVERIES: { sections: '1:3 2:4 3:6 4:4 5:0 6:0 7:3 8:0 9:0 10:0 11:2 12:9' },
  InmodeLtd: {
    sections: '1:2 2:0 3:0 4:2 5:0 6:6 7:5 8:3 9:3 10:0 11:2 12:6 13:3 14:2 15:3 16:4 17:3 18:4 19:0 20:2 21:1 22:11',
    but: (anchor) => {
      // After 21.1 the contract goes on with 22.2.
      if (anchor === 's-22' || anchor === 's-22.1') return [];
      if (anchor === 's-7.4') return ['s-7.4', 's-7.4.1', 's-7.4.2', 's-7.4.3'];
      if (anchor === 's-13.3') return ['s-13.3', ...[1, 2, 3, 4, 5].map((number) => `s-13.3.${number}`)];
      return [anchor];
    },
  },
  TodosMedical: { sections: '1:4 2:2 3:10 4:15 5:8 6:5 7:3 8:0 9:4 10:6 11:2 12:2 13:5 14:0 15:7' },
};

function expectedAnchors({ sections, but = (anchor) => [anchor] }: (typeof counted)[string]): string[] {
  return sections
    .split(' ')
    .map((entry) => entry.split(':').map(Number))
    .flatMap(([chapter, clauses]) => [
      `s-${chapter}`,
      ...Array.from({ length: clauses ?? 0 }, (_, index) => `s-${chapter}.${index + 1}`),
    ])
    .flatMap(but);
}

function contracts(): { readonly name: string; readonly bytes: Uint8Array }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

const describeReal = present ? describe : describe.skip;
const title = present ? 'each real contract' : `each real contract (skipped: the folder ${folder} is absent)`;

describeReal(title, () => {
  it('is read without losing or changing a character but white space', async () => {
    for (const { name, bytes } of contracts())
      expect(squeezed(await readDocumentText(bytes, name))).toBe(squeezed(Buffer.from(bytes).toString('utf8')));
  });

  it('is split at every numbered heading that a reader finds, and at no other number', async () => {
    const found: Record<string, string[]> = {};
    const expected: Record<string, string[]> = {};
    for (const { name, bytes } of contracts()) {
      const contract = Object.entries(counted).find(([beginning]) => name.startsWith(beginning));
      if (contract === undefined) continue;
      expected[name] = expectedAnchors(contract[1]);
      const sections = splitSections(await readDocumentText(bytes, name));
      found[name] = sections.map(({ anchor }) => anchor).filter((anchor) => /^s-\d/.test(anchor));
    }
    expect(Object.keys(expected)).toHaveLength(Object.keys(counted).length);
    expect(found).toEqual(expected);
  });

  it('has the same sections when it comes as a PDF or a DOCX', async () => {
    for (const { name, bytes } of contracts()) {
      const text = await readDocumentText(bytes, name);
      const anchors = splitSections(text).map(({ anchor }) => anchor);
      const paragraphs = text.split('\n\n');
      const pdf = await makePdf((page) => {
        for (const paragraph of paragraphs) page.text(paragraph).moveDown();
      });
      for (const document of [pdf, await makeDocx(paragraphs)]) {
        const sections = splitSections(await readDocumentText(document, name));
        expect(sections.map(({ anchor }) => anchor)).toEqual(anchors);
      }
    }
  });
});
