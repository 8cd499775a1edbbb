import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { failure } from '../../contracts/failures';

const host = '127.0.0.1';

/**
 * A port of the loopback interface that nothing listens on and that the system gives to nobody else for the next
 * seconds: a connection to it was just closed from its side, which on Linux keeps it reserved, yet free to bind.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    let client: Socket | undefined;
    const server = createServer((accepted) => {
      // A reset by the other side is as good as an end.
      accepted.on('error', () => undefined);
      accepted.end();
      accepted.resume();
      server.close();
    });
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.once('close', () => {
        resolve(port);
      });
      client = connect(port, host);
      client.once('error', reject);
      client.resume();
    });
  });
}

/**
 * Makes sure that a port which was asked for is free.
 *
 * @throws PortOccupied, naming it
 */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  const problem = await new Promise<Error | undefined>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
  if (problem === undefined) return;
  throw failure(
    'PortOccupied',
    `Port ${port} of ${host} is needed for ${purpose} and cannot be used: ${problem.message}. ` +
      'End the program that uses it, name another port, or name none to have a free one chosen.',
    { port },
  );
}

/** Whether something on the loopback interface accepts connections at this port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (listens: boolean) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
  });
}
