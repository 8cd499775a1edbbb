import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { Failure } from '../../../src/contracts/failures';
import { documentCharactersMax } from '../../../src/activities/documents/assert-readable';
import { docxLimits } from '../../../src/activities/documents/read-docx';
import { pdfLimits, readPdf } from '../../../src/activities/documents/read-pdf';
import { documentBytesMax, readDocumentText } from '../../../src/activities/documents/read-text';
import { makeDocx, makeNumberedDocx, makePdf, makePdfBomb, paragraphs, squeezed } from './made-documents';

const contract = paragraphs.join('\n\n');
const megabyte = 1024 * 1024;

async function refusal(reading: Promise<string>): Promise<Failure> {
  const outcome = await reading.then(
    (text) => new Error(`was read: ${text.slice(0, 80)}`),
    (error: unknown) => error,
  );
  if (!(outcome instanceof Failure)) throw outcome;
  expect(outcome.type).toBe('DocumentUnreadable');
  return outcome;
}

async function reasonFor(bytes: Uint8Array): Promise<unknown> {
  const { message, details } = await refusal(readDocumentText(bytes, 'deal.bin'));
  expect(message).toContain('"deal.bin"');
  expect(details.name).toBe('deal.bin');
  return details.reason;
}

function text(of: string): Uint8Array {
  return new Uint8Array(Buffer.from(of));
}

describe('a document is refused', () => {
  it('as empty when it has no bytes, or only white space', async () => {
    expect(await reasonFor(new Uint8Array())).toBe('empty');
    expect(await reasonFor(text(' \r\n\t\u00a0\n'))).toBe('empty');
  });

  it('as too large at 5 MB, naming both sizes and what to do', async () => {
    const large = new Uint8Array(5 * megabyte).fill(97);
    const { message, details } = await refusal(readDocumentText(large, 'big.txt'));
    expect(details).toEqual({ name: 'big.txt', reason: 'tooLarge' });
    expect(message).toContain('5.0 MB');
    expect(message).toContain('4.0 MB');
    expect(message).toContain('save it as plain text');
  });

  it('as too large one byte over the limit, but not at the limit', async () => {
    expect(await reasonFor(new Uint8Array(documentBytesMax + 1).fill(97))).toBe('tooLarge');
    expect(await reasonFor(new Uint8Array(documentBytesMax).fill(97))).toBe('tooLong');
  });

  it('as too long when it has more characters than can be reviewed', async () => {
    const line = `${paragraphs[1] ?? ''}\n`;
    expect(await reasonFor(text(line.repeat(Math.ceil(documentCharactersMax / line.length) + 1)))).toBe('tooLong');
  });

  it('as not text when it is random bytes, a key, a few words, or replacement characters', async () => {
    expect(await reasonFor(new Uint8Array(Buffer.concat([Buffer.from([1, 2, 3]), randomBytes(20_000)])))).toBe(
      'notText',
    );
    expect(await reasonFor(text(randomBytes(20_000).toString('base64')))).toBe('notText');
    expect(await reasonFor(text('Please see the attached contract.'))).toBe('notText');
    expect(await reasonFor(text(`${contract}${'\ufffd'.repeat(200)}`))).toBe('notText');
  });

  it('as scanned when it is an image', async () => {
    expect(await reasonFor(new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')))).toBe('scanned');
  });

  it('as of an unsupported format when it is a web page, RTF, an old .doc, or an archive of something else', async () => {
    expect(await reasonFor(text(`<!DOCTYPE html><html><body>${contract}</body></html>`))).toBe('unsupportedFormat');
    expect(await reasonFor(text(`{\\rtf1\\ansi ${contract}}`))).toBe('unsupportedFormat');
    expect(await reasonFor(ole(Buffer.from('WordDocument', 'utf16le')))).toBe('unsupportedFormat');
    expect(await reasonFor(zipSync({ 'notes.txt': text(contract) }))).toBe('unsupportedFormat');
  });

  it('as encrypted when it is an Office document with a password', async () => {
    expect(await reasonFor(ole(Buffer.from('EncryptedPackage', 'utf16le')))).toBe('encrypted');
  });
});

describe('a PDF is refused', () => {
  it('as encrypted when it opens only with a password', async () => {
    const pdf = await makePdf((page) => page.text(contract), { userPassword: 'swordfish', ownerPassword: 'trout' });
    expect(await reasonFor(pdf)).toBe('encrypted');
  });

  it('as scanned when its pages hold drawings only, and says that it needs OCR', async () => {
    const pdf = await makePdf((page) => {
      for (let sheet = 0; sheet < 3; sheet += 1) page.rect(50, 50, 400, 600).fill('#ddeeff').addPage();
    });
    const { message, details } = await refusal(readDocumentText(pdf, 'scan.pdf'));
    expect(details.reason).toBe('scanned');
    expect(message).toContain('4 of 4 pages');
    expect(message).toContain('OCR');
  });

  it('as scanned when only a covering page holds text', async () => {
    const pdf = await makePdf((page) => {
      page.text(contract);
      for (let sheet = 0; sheet < 3; sheet += 1) page.addPage().rect(50, 50, 400, 600).fill('#ddeeff');
    });
    expect(await reasonFor(pdf)).toBe('scanned');
  });

  it('as corrupt when it is cut off or garbage stands behind its header', async () => {
    expect(await reasonFor(text(`%PDF-1.7\n${'garbage '.repeat(100)}`))).toBe('corrupt');
    const whole = await makePdf((page) => page.text(contract));
    expect(await reasonFor(whole.slice(0, 300))).toBe('corrupt');
  });

  it('for having more pages than the maximum', async () => {
    const pdf = await makePdf((page) => {
      for (let sheet = 0; sheet < 4; sheet += 1) page.text(contract).addPage();
    });
    const { details } = await refusal(readPdf(pdf, 'deal.pdf', { ...pdfLimits, pagesMax: 4 }));
    expect(details.reason).toBe('tooManyPages');
  });

  it('for having more characters than the maximum', async () => {
    const pdf = await makePdf((page) => page.text(contract));
    const { details } = await refusal(readPdf(pdf, 'deal.pdf', { ...pdfLimits, charactersMax: 100 }));
    expect(details.reason).toBe('tooLong');
  });

  it('as corrupt when it unpacks to more than the memory allowed', async () => {
    const limits = { ...pdfLimits, memoryBytesMax: 96 * megabyte };
    const { message, details } = await refusal(readPdf(makePdfBomb(400), 'bomb.pdf', limits));
    expect(details.reason).toBe('corrupt');
    expect(message).toContain('memory');
  });

  it('as corrupt when reading it takes longer than allowed', async () => {
    const { details } = await refusal(readPdf(makePdfBomb(200), 'bomb.pdf', { ...pdfLimits, durationMsMax: 100 }));
    expect(details.reason).toBe('corrupt');
  });
});

describe('a DOCX is refused', () => {
  it('as corrupt when it is cut off, or its XML is broken', async () => {
    const whole = await makeDocx(paragraphs);
    expect(await reasonFor(whole.slice(0, whole.length / 2))).toBe('corrupt');
    expect(await reasonFor(zipSync({ 'word/document.xml': strToU8('<w:document><w:body>') }))).toBe('corrupt');
  });

  it('as too large when its parts unpack to more than the limit', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(docxLimits.unpackedBytesMax + 1).fill(32) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await reasonFor(bomb)).toBe('tooLarge');
  });

  it('as too long when it has more characters than can be reviewed', async () => {
    const { message, details } = await refusal(
      readDocumentText(await makeDocx(Array(3).fill('The Carrier carries. '.repeat(25_000))), 'long.docx'),
    );
    expect(details.reason).toBe('tooLong');
    expect(message).toContain(String(documentCharactersMax));
  });

  it('as too large when its directory lies about the size', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(docxLimits.unpackedBytesMax + 1).fill(32) });
    const view = Buffer.from(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    view.writeUInt32LE(1_000, view.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
    expect(await reasonFor(bomb)).toBe('tooLarge');
  });

  it('as encrypted when the archive is', async () => {
    const docx = await makeDocx(paragraphs);
    const view = Buffer.from(docx.buffer, docx.byteOffset, docx.byteLength);
    for (let at = view.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = view.indexOf('PK\x01\x02', at + 1, 'latin1'))
      view.writeUInt16LE(view.readUInt16LE(at + 8) | 1, at + 8);
    expect(await reasonFor(docx)).toBe('encrypted');
  });
});

describe('plain text is read', () => {
  it.each([
    ['UTF-8', Buffer.from(contract)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${contract}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${contract}`, 'utf16le')],
    ['big-endian UTF-16 with a byte order mark', Buffer.from(`\ufeff${contract}`, 'utf16le').swap16()],
    ['UTF-16 without a byte order mark', Buffer.from(contract, 'utf16le')],
    ['big-endian UTF-16 without a byte order mark', Buffer.from(contract, 'utf16le').swap16()],
    ['Windows-1252', windows1252(contract)],
  ])('from %s, with its curly quotes and dashes', async (_encoding, bytes) => {
    expect(await readDocumentText(new Uint8Array(bytes), 'deal')).toBe(contract);
  });

  it('whatever its name says', async () => {
    expect(await readDocumentText(text(contract), 'deal.pdf')).toBe(contract);
  });

  it('when it only mentions what a PDF begins with', async () => {
    const mention = `${contract} The file begins with %PDF-1.7 as all do.`;
    expect(await readDocumentText(text(mention), 'deal.txt')).toBe(mention);
  });

  it('in Chinese, which puts no blanks between words', async () => {
    const chinese = '甲方和乙方同意按照本协议的条款和条件购买和销售产品,本协议受中华人民共和国法律管辖。'.repeat(3);
    expect(await readDocumentText(text(chinese), 'deal.txt')).toBe(chinese);
  });
});

describe('a PDF is read', () => {
  it('into paragraphs: wrapped lines are joined, paragraphs are not', async () => {
    const pdf = await makePdf((page) => {
      for (const paragraph of paragraphs) page.text(paragraph).moveDown();
    });
    expect(await readDocumentText(pdf, 'deal.pdf')).toBe(contract);
  });

  it('page by page, in order', async () => {
    const pdf = await makePdf((page) => {
      paragraphs.forEach((paragraph, index) => (index === 0 ? page : page.addPage()).text(paragraph));
    });
    expect(await readDocumentText(pdf, 'deal.pdf')).toBe(contract);
  });

  it('when only its owner has a password', async () => {
    const pdf = await makePdf((page) => page.text(contract), { ownerPassword: 'trout' });
    expect(squeezed(await readDocumentText(pdf, 'deal.pdf'))).toBe(squeezed(contract));
  });

  it('when one page of several is a drawing', async () => {
    const pdf = await makePdf((page) =>
      page.text(contract).addPage().text(contract).addPage().rect(9, 9, 9, 9).fill('red'),
    );
    expect(squeezed(await readDocumentText(pdf, 'deal.pdf'))).toBe(squeezed(contract + contract));
  });

  it('whatever its name says, and leaves the bytes as they were', async () => {
    const pdf = await makePdf((page) => page.text(contract));
    const before = Buffer.from(pdf);
    expect(squeezed(await readDocumentText(pdf, 'deal.txt'))).toBe(squeezed(contract));
    expect(before.equals(pdf)).toBe(true);
  });
});

describe('a DOCX is read', () => {
  it('paragraph by paragraph', async () => {
    expect(await readDocumentText(await makeDocx(paragraphs), 'deal.docx')).toBe(contract);
  });

  it('with the numbers that the word processor shows', async () => {
    const docx = await makeNumberedDocx([
      { level: null, text: 'Haulage Agreement between Ostermoor Freight and Pennywhistle Mills of 3 March 2026' },
      { level: 0, text: 'Services' },
      { level: 1, text: 'The Carrier shall carry the goods of the Customer.' },
      { level: 1, text: 'The Carrier may refuse goods:' },
      { level: 2, text: 'that are dangerous;' },
      { level: 2, text: 'that are not packed.' },
      { level: 0, text: 'Term' },
      { level: 1, text: 'This Agreement lasts for two years.' },
    ]);
    const lines = (await readDocumentText(docx, 'deal.docx')).split('\n\n').slice(1);
    expect(lines).toEqual([
      '1. Services',
      '1.1 The Carrier shall carry the goods of the Customer.',
      '1.2 The Carrier may refuse goods:',
      '(a) that are dangerous;',
      '(b) that are not packed.',
      '2. Term',
      '2.1 This Agreement lasts for two years.',
    ]);
  });
});

function ole(content: Buffer): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), content]));
}

function windows1252(of: string): Buffer {
  const codes: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '–': 0x96 };
  return Buffer.from(Array.from(of, (character) => codes[character] ?? character.charCodeAt(0)));
}
