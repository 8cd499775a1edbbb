/** What the bytes of a document are, whatever its name says. */
export type DocumentKind = 'pdf' | 'zip' | 'ole' | 'rtf' | 'html' | 'image' | 'text';

/** PDF readers accept anything before the header as long as it is this close to the start. */
const pdfHeaderOffsetMax = 1_024;
const htmlProbeBytes = 1_024;

const imageSignatures = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*', 'BM'];

/** Tells the kind of a document from its first bytes. What has no known signature is `text`, to be proven later. */
export function detectKind(bytes: Uint8Array): DocumentKind {
  const start = Buffer.from(bytes.subarray(0, pdfHeaderOffsetMax + 8)).toString('latin1');
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  if (start.startsWith('{\\rtf')) return 'rtf';
  if (isPdf(start)) return 'pdf';
  if (isImage(bytes, start)) return 'image';
  if (
    /^(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<head|<body|<div|<p\b|<table)/i.test(start.slice(0, htmlProbeBytes))
  )
    return 'html';
  return 'text';
}

/** A header in the middle of the first kilobyte counts only after bytes that are no text: prose may quote `%PDF-`. */
function isPdf(start: string): boolean {
  const header = start.indexOf('%PDF-');
  if (header < 0 || header > pdfHeaderOffsetMax) return false;
  const before = start.slice(0, header);
  return before.trim() === '' || hasBinary(before) || /%PDF-\d\.\d\s*[\r\n]+%[\x80-\xff]{2}/.test(start);
}

function isImage(bytes: Uint8Array, start: string): boolean {
  const signature = imageSignatures.find((known) => start.startsWith(known));
  if (signature === undefined) return false;
  return signature !== 'BM' || hasBinary(Buffer.from(bytes.subarray(0, 32)).toString('latin1'));
}

function hasBinary(latin1: string): boolean {
  // eslint-disable-next-line no-control-regex -- binary data is told by its control characters
  return /[\0-\x08\x0e-\x1a]/.test(latin1);
}
