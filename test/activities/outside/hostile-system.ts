import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What a system that does not keep to its protocol does with a connection, once a request has come. */
export type Misbehaviour = (socket: Socket) => void;

export interface HostileSystem {
  readonly url: string;
  /** How many requests came. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** A server that misbehaves in the way it is told to; the way may change between two requests. */
export async function hostileSystem(misbehaviour: () => Misbehaviour): Promise<HostileSystem> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      requests += 1;
      misbehaviour()(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers with a status and a body, and ends the connection. */
export function answering(status: string, body: string): Misbehaviour {
  return (socket) => {
    const length = Buffer.byteLength(body);
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`);
  };
}
