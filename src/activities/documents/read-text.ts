import { assertReadable } from './assert-readable';
import { detectKind } from './detect-kind';
import { documentUnreadable } from './document-unreadable';
import { normaliseText } from './normalise-text';
import { readDocx } from './read-docx';
import { readPdf } from './read-pdf';
import { readPlainText } from './read-plain-text';

/** The largest document, in bytes: 4 MiB. */
export const documentBytesMax = 4 * 1024 * 1024;

/**
 * Reads a document into normalised text. Its kind is told from its content: plain text, PDF or DOCX.
 *
 * @param name how messages call the document; it decides nothing
 * @throws DocumentUnreadable with a `reason`: `empty`, `tooLarge`, `tooLong`, `tooManyPages`, `encrypted`, `scanned`,
 *   `corrupt`, `notText`, `unsupportedFormat`
 */
export async function readDocumentText(bytes: Uint8Array, name: string): Promise<string> {
  if (bytes.length === 0)
    throw documentUnreadable(name, 'empty', { found: 'the file is empty.', remedy: 'Give the contract itself.' });
  if (bytes.length > documentBytesMax)
    throw documentUnreadable(name, 'tooLarge', {
      found: `it has ${megabytes(bytes.length)}, and at most ${megabytes(documentBytesMax)} are read.`,
      remedy: 'Leave out images and annexes that need no review, or save it as plain text.',
    });
  const raw = await rawText(bytes, name);
  const text = normaliseText(raw);
  assertReadable(name, raw, text);
  return text;
}

async function rawText(bytes: Uint8Array, name: string): Promise<string> {
  const kind = detectKind(bytes);
  switch (kind) {
    case 'text':
      return readPlainText(bytes);
    case 'pdf':
      return readPdf(bytes, name);
    case 'zip':
      return readDocx(bytes, name);
    case 'ole':
      throw isEncryptedOffice(bytes)
        ? documentUnreadable(name, 'encrypted', {
            found: 'it is an encrypted Office document.',
            remedy: 'Remove the password and run again.',
          })
        : unsupported(name, 'it is an Office document in the old binary format (.doc).');
    case 'rtf':
      throw unsupported(name, 'it is in Rich Text Format.');
    case 'html':
      throw unsupported(name, 'it is a web page.');
    case 'image':
      throw documentUnreadable(name, 'scanned', {
        found: 'it is an image.',
        remedy: 'Run OCR over it, and give the PDF or text that comes out.',
      });
  }
}

/** Office encrypts a document as a stream of this name, in UTF-16, inside an old-style container. */
function isEncryptedOffice(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function unsupported(name: string, found: string): Error {
  return documentUnreadable(name, 'unsupportedFormat', { found, remedy: 'Save it as DOCX, PDF or plain text.' });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
