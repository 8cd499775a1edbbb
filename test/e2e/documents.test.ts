import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDocx, makePdf } from '../activities/documents/made-documents';
import { install, processesOf, root, stop, untilUp, type Installation, type Started } from './command-line';
import { checkQuotes, completed, sample, samples } from './review';

jest.setTimeout(180_000);

const realContracts = resolve(root, process.env['COUNTERPOINT_REAL_DATA'] ?? '../shared/data', 'cuad/contracts');
const realNames = existsSync(realContracts) ? readdirSync(realContracts).filter((name) => name.endsWith('.txt')) : [];

describe('a contract that is reviewed from the command line', () => {
  let installation: Installation;
  let up: Started | undefined;
  beforeAll(async () => {
    installation = await install();
  });
  afterAll(() => installation.remove());

  async function review(document: string) {
    const ended = await installation.run('run', 'contract-review', '--input', document, '--wait', '--yes', '--json');
    expect(ended).toMatchObject({ exitCode: 0 });
    return completed(ended).value;
  }

  /** Every quote of both reports stands in the contract, and there are as many as links need. */
  async function expectQuotesIn(
    contract: string,
    { htmlPath, markdownPath }: { htmlPath: string; markdownPath: string },
  ) {
    const [html, markdown] = [await checkQuotes(htmlPath, contract), await checkQuotes(markdownPath, contract)];
    expect(html).toMatchObject({ exitCode: 0, stderr: '' });
    expect(markdown).toMatchObject({ exitCode: 0, stderr: '', quotes: html.quotes });
    expect(html.quotes).toBeGreaterThan(5);
    expect(html.standing).toBe(html.quotes);
    expect(html.links).toBeGreaterThanOrEqual(html.quotes);
    return html.quotes;
  }

  it('is reviewed with nothing up, and all that is printed is one JSON document', async () => {
    const value = await review(sample);
    expect(value.matter).toMatchObject({
      matterId: 'M-000001',
      signedOffBy: 'demo',
      contract: 'reseller-agreement.txt',
    });
    expect(await expectQuotesIn(sample, value.report)).toBeGreaterThan(20);
    expect(processesOf(installation.folder)).toEqual([]);
  });

  it('has a report in which one altered word of one quote is found out', async () => {
    const { report } = await review(sample);
    for (const path of [report.htmlPath, report.markdownPath]) {
      const text = await readFile(path, 'utf8');
      const tampered = `${path}.tampered${path.slice(path.lastIndexOf('.'))}`;
      await writeFile(tampered, text.replace(/(<blockquote[^>]*>|\n> {5})(\w+)/, '$1$2ish'));
      expect(await checkQuotes(tampered, sample)).toMatchObject({ exitCode: 1 });
      expect(await checkQuotes(path, join(samples, 'supply-agreement.txt'))).toMatchObject({ exitCode: 1 });
    }
    await writeFile(report.htmlPath, (await readFile(report.htmlPath, 'utf8')).replace('id="quote-1"', 'id="quote"'));
    expect(await checkQuotes(report.htmlPath, sample)).toMatchObject({ exitCode: 1 });
  });

  describe('while everything is up', () => {
    beforeAll(async () => {
      up = installation.start('up');
      await untilUp(installation);
    });
    afterAll(async () => {
      if (up !== undefined) expect(await stop(up)).toMatchObject({ exitCode: 0 });
    });

    it.each(['software-licence.txt', 'supply-agreement.txt'])('is reviewed as the shipped %s', async (name) => {
      const { report } = await review(join(samples, name));
      await expectQuotesIn(join(samples, name), report);
    });

    it('is reviewed as a PDF and as a DOCX, and quoted in the words of the text it was made of', async () => {
      const contract = join(samples, 'supply-agreement.txt');
      const paragraphs = (await readFile(contract, 'utf8'))
        .split(/\n\s*\n/)
        .map((text) => text.replace(/\s+/g, ' ').trim());
      const pdf = join(installation.folder, 'supply.pdf');
      const docx = join(installation.folder, 'supply.docx');
      await writeFile(pdf, await makePdf((page) => page.fontSize(10).text(paragraphs.join('\n\n'))));
      await writeFile(docx, await makeDocx(paragraphs));
      for (const document of [pdf, docx]) {
        const value = await review(document);
        expect(await expectQuotesIn(contract, value.report)).toBeGreaterThan(15);
      }
    });

    if (realNames.length === 0) {
      it.skip('is reviewed as each of the six real contracts, which are absent: set COUNTERPOINT_REAL_DATA', () =>
        undefined);
    } else {
      it.each(realNames)('is reviewed as the real contract %s', async (name) => {
        const { report, matter } = await review(join(realContracts, name));
        expect(matter.contract).toBe(name);
        await expectQuotesIn(join(realContracts, name), report);
      });
    }
  });
});
