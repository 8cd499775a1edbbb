import { parsedJson } from '../parsed-json';
import { errorFieldsOf } from './server-error';

const errorBytesMax = 65_536;
const bodilessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/** The name of the error that reading a body over the limit ends with. */
export const oversizeBody = 'OversizeBody';

/**
 * `fetch` that reads no more than it must: a body over the limit ends in an error named `OversizeBody`, and what a
 * server says with an error is cut off and put into the form that OpenAI gives it. Redirects are not followed, for the
 * key would go along.
 */
export function boundedFetch(bytesMax: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    const { body, status, headers } = response;
    if (body === null || bodilessStatuses.has(status)) return response;
    if (response.ok) return new Response(body.pipeThrough(boundary(bytesMax)), { status, headers });
    const error = errorFieldsOf(jsonOrText(await openingOf(body)));
    return new Response(JSON.stringify({ error }), { status, headers });
  };
}

function boundary(bytesMax: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= bytesMax) {
        controller.enqueue(chunk);
        return;
      }
      const error = new Error(`Expected at most ${bytesMax} bytes.`);
      error.name = oversizeBody;
      controller.error(error);
    },
  });
}

/** The status says what happened: an error whose body breaks off is none the less that error. */
async function openingOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= errorBytesMax) break;
    }
  } catch {
    // What came is all there is.
  }
  return Buffer.concat(chunks).subarray(0, errorBytesMax).toString('utf8');
}

function jsonOrText(text: string): unknown {
  const read = parsedJson(text);
  return 'value' in read ? read.value : text;
}
