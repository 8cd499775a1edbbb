import type { TranscriptMessage } from '../../../contracts/transcript';
import type { TranscriptStore } from '../../stores/transcript-store';
import { toolText } from '../conversation/context';

/** A break between words is looked for in this share of a piece, at its end. */
const breakShare = 0.1;

/**
 * Messages as a text to be read, not answered: who said what, which tools were asked for, and what they answered, as
 * far as the model was shown it.
 */
export async function recordOf(
  transcripts: TranscriptStore,
  messages: readonly TranscriptMessage[],
  toolAnswerBytesMax: number,
): Promise<string> {
  const texts = await Promise.all(messages.map((message) => textOf(transcripts, message, toolAnswerBytesMax)));
  return texts.join('\n\n');
}

async function textOf(transcripts: TranscriptStore, message: TranscriptMessage, bytesMax: number): Promise<string> {
  switch (message.role) {
    case 'system':
    case 'user':
      return `[${message.role}]\n${message.text}`;
    case 'assistant': {
      const requests = message.requests.map(
        (request) => `[asks ${request.tool}, ${request.call}]\n${request.arguments}`,
      );
      return [...(message.text === '' ? [] : [`[assistant]\n${message.text}`]), ...requests].join('\n\n');
    }
    case 'tool':
      return `[answer to ${message.call}]\n${await toolText(transcripts, message, bytesMax)}`;
  }
}

/** Texts one after the other in as few pieces as fit; a text that fits in none is divided, between words if it can be. */
export function piecesOf(texts: readonly string[], bytesMax: number): string[] {
  const pieces: string[] = [];
  let bytes = bytesMax;
  for (const text of texts.flatMap((one) => divided(one, bytesMax))) {
    const more = Buffer.byteLength(text) + 2;
    if (bytes + more > bytesMax) {
      pieces.push(text);
      bytes = Buffer.byteLength(text);
    } else {
      pieces.push(`${pieces.pop() ?? ''}\n\n${text}`);
      bytes += more;
    }
  }
  return pieces;
}

/** Bytes of texts in UTF-8, all together. */
export function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function divided(text: string, bytesMax: number): string[] {
  const bytes = Buffer.from(text);
  const parts: string[] = [];
  let from = 0;
  while (bytes.length - from > bytesMax) {
    const to = breakBefore(bytes, from, from + bytesMax);
    parts.push(bytes.toString('utf8', from, to));
    from = to;
  }
  return [...parts, bytes.toString('utf8', from)];
}

/** Where to divide: after white space near the end, else between two characters. */
function breakBefore(bytes: Buffer, from: number, end: number): number {
  const earliest = end - Math.floor((end - from) * breakShare);
  for (let at = end; at > earliest; at -= 1) if (isSpace(bytes[at - 1])) return at;
  let at = end;
  while (at > from + 1 && isContinuation(bytes[at])) at -= 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a;
}

/** Whether a byte goes on with a character of UTF-8 that began before it. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
