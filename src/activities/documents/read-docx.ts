import { strToU8, zipSync } from 'fflate';
import { extractRawText } from 'mammoth';
import { documentCharactersMax } from './assert-readable';
import { numberParagraphs } from './docx-numbering';
import { documentUnreadable } from './document-unreadable';
import { readZip, type ZipLimits } from './read-zip';

/** Only the XML parts count, pictures are not unpacked. Parsing takes some 100 times their size in memory. */
export const docxLimits: ZipLimits = { entriesMax: 2_000, unpackedBytesMax: 8 * 1024 * 1024 };

const mainPart = 'word/document.xml';

/** Reads the text of a DOCX, a paragraph a line, with the numbers that the word processor shows before paragraphs. */
export async function readDocx(bytes: Uint8Array, name: string, limits = docxLimits): Promise<string> {
  const files = readZip(bytes, name, { wanted: (path) => /\.(?:xml|rels)$/i.test(path), limits });
  const main = files.get(mainPart);
  if (main === undefined)
    throw documentUnreadable(name, 'unsupportedFormat', {
      found: `it is an archive without "${mainPart}", so no Word document.`,
      remedy: 'Give the contract itself as DOCX, PDF or plain text.',
    });
  assertNotTooLong(name, text(main));
  const numbered = numberParagraphs(text(main), {
    numbering: text(files.get('word/numbering.xml')),
    styles: text(files.get('word/styles.xml')),
  });
  const safe = zipSync({ ...Object.fromEntries(files), [mainPart]: strToU8(numbered) }, { level: 0 });
  try {
    const { value } = await extractRawText({ buffer: Buffer.from(safe) });
    return value;
  } catch (error) {
    throw documentUnreadable(name, 'corrupt', {
      found: `the DOCX is damaged (${error instanceof Error ? error.message : String(error)}).`,
      remedy: 'Open it in a word processor and save it anew, or ask for another copy.',
    });
  }
}

/** Before parsing, which costs far more than counting what stands between the tags. */
function assertNotTooLong(name: string, xml: string): void {
  const characters = xml.replace(/<[^<>]*>/g, '').length;
  if (characters > documentCharactersMax * 2)
    throw documentUnreadable(name, 'tooLong', {
      found: `it has some ${characters} characters, and at most ${documentCharactersMax} can be reviewed.`,
      remedy: 'Split it, or leave out annexes that need no review.',
    });
}

function text(part: Uint8Array | undefined): string {
  return part === undefined ? '' : Buffer.from(part).toString('utf8');
}
