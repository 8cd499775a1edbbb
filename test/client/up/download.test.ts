import { calmly, download } from '../../../src/client/up/download';
import { loopbackIndex, type LoopbackIndex } from './loopback-index';

const limits = { quietMs: 5_000, totalMs: 5_000, bytesMax: 1_000 };

describe('a download', () => {
  let index: LoopbackIndex | undefined;
  afterEach(async () => {
    await index?.close();
  });

  it('is given up when nothing comes', async () => {
    index = await loopbackIndex(() => undefined);
    await expect(
      download({ url: new URL(index.url) }, { ...limits, quietMs: 30 }, () => undefined),
    ).rejects.toMatchObject({
      type: 'TemporalNotFound',
      message: `${index.url}: nothing came for 0.03 s`,
    });
  });

  it('is given up when it stops in the middle', async () => {
    index = await loopbackIndex((_, response) => {
      response.write('a part');
    });
    const parts: string[] = [];
    const cut = download({ url: new URL(index.url) }, { ...limits, quietMs: 100 }, (part) => {
      parts.push(Buffer.from(part).toString());
    });
    await expect(cut).rejects.toThrow('nothing came for 0.1 s');
    expect(parts).toEqual(['a part']);
  });

  it('is given up when it takes too long in all', async () => {
    let drip: NodeJS.Timeout | undefined;
    index = await loopbackIndex((_, response) => {
      drip = setInterval(() => response.write('.'), 5);
    });
    const slow = download({ url: new URL(index.url) }, { ...limits, totalMs: 60 }, () => undefined);
    await expect(slow).rejects.toThrow('it took longer than 0.06 s');
    clearInterval(drip);
  });

  it('is given up when it brings too much', async () => {
    index = await loopbackIndex((_, response) => response.end('x'.repeat(1_001)));
    await expect(download({ url: new URL(index.url) }, limits, () => undefined)).rejects.toThrow(
      'larger than 1000 bytes',
    );
  });

  it('hands over every byte and tells where it ended after a redirect', async () => {
    index = await loopbackIndex((request, response) => {
      if (request.url === '/end') response.end('y'.repeat(1_000));
      else response.writeHead(302, { location: '/end' }).end();
    });
    let bytes = 0;
    const end = await download({ url: new URL(index.url) }, limits, (part) => {
      bytes += part.byteLength;
    });
    expect(bytes).toBe(1_000);
    expect(end).toBe(new URL('/end', index.url).href);
  });

  it('reports progress at most twice a second', () => {
    jest.useFakeTimers();
    try {
      const said: string[] = [];
      const say = calmly((message) => said.push(message));
      for (let tenths = 0; tenths < 20; tenths += 1) {
        say(`${tenths}`);
        jest.advanceTimersByTime(100);
      }
      expect(said).toEqual(['0', '5', '10', '15']);
    } finally {
      jest.useRealTimers();
    }
  });
});
