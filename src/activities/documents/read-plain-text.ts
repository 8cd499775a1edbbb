/** The characters that Windows-1252 has where Latin-1 has the controls 0x80 to 0x9F; a blank is undefined there. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Of UTF-16 text in a Latin script, every second byte is zero; this share of zeros is taken as proof. */
const utf16ZeroShareMin = 0.3;
const utf16ProbeBytes = 4_096;

/**
 * Decodes plain text: UTF-8 and UTF-16 with or without a byte order mark, and Windows-1252 for whatever is not valid
 * UTF-8. Never fails; whether the outcome is text at all is judged by `assertReadable`.
 */
export function readPlainText(bytes: Uint8Array): string {
  const utf16 = utf16Encoding(bytes);
  if (utf16 !== null) return decode(bytes, utf16);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const probe = bytes.subarray(0, utf16ProbeBytes);
  const zeros = { even: 0, odd: 0 };
  probe.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  const enough = probe.length * utf16ZeroShareMin;
  if (zeros.odd > enough && zeros.even < enough / 10) return 'utf-16le';
  if (zeros.even > enough && zeros.odd < enough / 10) return 'utf-16be';
  return null;
}

function decode(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  if (encoding === 'utf-16le') return new TextDecoder('utf-16le').decode(bytes);
  const swapped = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return new TextDecoder('utf-16le').decode(swapped.swap16());
}

/** By hand: some releases of Node 20 to 23 decode Windows-1252 as Latin-1, which turns every curly quote into a control. */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}
