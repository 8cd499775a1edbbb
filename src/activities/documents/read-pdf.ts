import { documentCharactersMax } from './assert-readable';
import { documentUnreadable } from './document-unreadable';
import { pageText } from './pdf-lines';
import { readPdfItems, type PdfLimits } from './pdf-thread';

/** What a PDF may have and cost. Characters are twice the text's own maximum, since blanks fall away later. */
export const pdfLimits: PdfLimits = {
  pagesMax: 500,
  charactersMax: documentCharactersMax * 2,
  durationMsMax: 30_000,
  memoryBytesMax: 512 * 1024 * 1024,
};

/** A page with fewer letters than this shows no text of its own: a stamp or a page number at most. */
const lettersOnPageMin = 20;

/** Reads the text of a PDF, page by page; pages are parted by an empty line. Refuses scans: they need OCR. */
export async function readPdf(bytes: Uint8Array, name: string, limits = pdfLimits): Promise<string> {
  const content = await readPdfItems(bytes, limits);
  switch (content.kind) {
    case 'pages': {
      const pages = content.pages.map(pageText);
      assertNotScanned(name, pages);
      return pages.join('\n\n');
    }
    case 'encrypted':
      throw documentUnreadable(name, 'encrypted', {
        found: 'the PDF is encrypted, and opens only with a password.',
        remedy: 'Remove the password and run again.',
      });
    case 'tooManyPages':
      throw documentUnreadable(name, 'tooManyPages', {
        found: `the PDF has more than ${limits.pagesMax} pages.`,
        remedy: 'Leave out annexes that need no review.',
      });
    case 'tooLong':
      throw documentUnreadable(name, 'tooLong', {
        found: `the PDF holds more than ${limits.charactersMax} characters.`,
        remedy: 'Leave out annexes that need no review.',
      });
    case 'tooExpensive':
      throw documentUnreadable(name, 'corrupt', {
        found: `unpacking the PDF takes more than ${limits.durationMsMax / 1000} s or too much memory, as no contract does.`,
        remedy: 'Print it to a new PDF, or save it as plain text.',
      });
    case 'corrupt':
      throw documentUnreadable(name, 'corrupt', {
        found: `the PDF is damaged (${content.message}).`,
        remedy: 'Open it in a PDF reader and save it anew, or ask for another copy.',
      });
  }
}

/** A review of half a contract would pass for a review of all of it, so half the pages must show text. */
function assertNotScanned(name: string, pages: readonly string[]): void {
  const blank = pages.filter((page) => (page.match(/\p{L}/gu)?.length ?? 0) < lettersOnPageMin).length;
  if (pages.length === 0 || blank * 2 <= pages.length) return;
  throw documentUnreadable(name, 'scanned', {
    found: `${blank} of ${pages.length} pages of the PDF hold no text: they are scans or drawings.`,
    remedy: 'Run OCR over it, and give the PDF that comes out.',
  });
}
