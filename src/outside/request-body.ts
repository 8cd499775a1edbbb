import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

const bodyBytesMax = 64 * 1024;
/** What comes beyond the limit is read and dropped, so that the refusal can be read; beyond this the line is cut. */
const droppedBytesMax = 16 * bodyBytesMax;

/**
 * Reads the body of a request.
 *
 * @throws Refusal of one that is too large, cut off, or no UTF-8
 */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const { bytes, chunks } = await read(request);
  if (bytes > bodyBytesMax) throw new Refusal(413, 'too_large', `A body has at most ${bodyBytesMax} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal(400, 'invalid_encoding', 'The body is not UTF-8.');
  }
}

async function read(request: IncomingMessage): Promise<{ readonly bytes: number; readonly chunks: readonly Buffer[] }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes <= bodyBytesMax) chunks.push(chunk);
      if (bytes > droppedBytesMax) break;
    }
  } catch {
    throw new Refusal(400, 'cut_off', 'The request was cut off.');
  }
  return { bytes, chunks };
}
