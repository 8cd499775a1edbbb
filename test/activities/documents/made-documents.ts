import { deflateSync } from 'node:zlib';
import { AlignmentType, Document, HeadingLevel, LevelFormat, Packer, Paragraph } from 'docx';
import PDFDocument from 'pdfkit';

/** A short contract, a paragraph a string; enough words to pass for one. */
export const paragraphs = [
  'Haulage Agreement between Ostermoor Freight Limited and Pennywhistle Mills, made on 3 March 2026.',
  '1. Services. The Carrier shall carry the goods of the Customer between the mills and the port, at the “agreed” rates.',
  '2. Term. This Agreement lasts for two (2) years – and then ends, unless the parties extend it in writing before that day.',
  '3. Law. This Agreement is governed by the laws of England and Wales, whose courts alone may hear a dispute.',
];

/** What is left of a text when white space is put aside. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A real PDF, drawn by `draw`. */
export async function makePdf(
  draw: (pdf: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const pdf = new PDFDocument(options);
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    pdf.on('end', resolve);
  });
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  draw(pdf);
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** A PDF by hand with one page, whose content is this many megabytes of blanks before packing. */
export function makePdfBomb(megabytes: number): Uint8Array {
  const content = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, ' '), { level: 9 });
  const objects = [
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    Buffer.from('<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>'),
    Buffer.concat([
      Buffer.from(`<</Length ${content.length}/Filter/FlateDecode>>\nstream\n`),
      content,
      Buffer.from('\nendstream'),
    ]),
  ];
  const parts = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(Buffer.concat(parts).length);
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = Buffer.concat(parts).length;
  parts.push(
    Buffer.from(`xref\n0 5\n0000000000 65535 f \n${table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/** A real DOCX with these paragraphs as they are. */
export async function makeDocx(texts: readonly string[]): Promise<Uint8Array> {
  const sections = [{ children: texts.map((text) => new Paragraph({ text })) }];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections })));
}

/** A real DOCX whose numbers are computed by the word processor: level 0 `1.`, level 1 `1.1`, level 2 `(a)`. */
export async function makeNumberedDocx(texts: readonly { level: number | null; text: string }[]): Promise<Uint8Array> {
  const level = (index: number, text: string, format: (typeof LevelFormat)[keyof typeof LevelFormat]) => ({
    level: index,
    text,
    format,
    alignment: AlignmentType.START,
  });
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'clauses',
          levels: [
            level(0, '%1.', LevelFormat.DECIMAL),
            level(1, '%1.%2', LevelFormat.DECIMAL),
            level(2, '(%3)', LevelFormat.LOWER_LETTER),
          ],
        },
      ],
    },
    sections: [
      {
        children: texts.map(({ level: at, text }) =>
          at === null
            ? new Paragraph({ text, heading: HeadingLevel.TITLE })
            : new Paragraph({ text, numbering: { reference: 'clauses', level: at } }),
        ),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
