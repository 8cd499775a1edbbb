import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor } from '../../../src/client/door';
import { dataFolder, type DataFolder } from '../../../src/client/up/data-folder';
import { broadcastHub, type BroadcastHub } from '../../../src/client/watch/broadcast-hub';
import { openWatchDoor } from '../../../src/client/watch/watch-door';
import { watchRun } from '../../../src/client/watch/watch-run';
import type { SpeechEvent } from '../../../src/contracts/speech';
import { until } from '../../support/engine-world';
import { speakerIn } from './speakers';

describe('watching a run', () => {
  let folder: DataFolder;
  let hub: BroadcastHub;
  const closing: (() => unknown)[] = [];
  beforeEach(async () => {
    folder = dataFolder(await mkdtemp(join(tmpdir(), 'counterpoint-watch-')));
    await mkdir(folder.watchDoors);
    hub = broadcastHub();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await rm(folder.root, { recursive: true, force: true });
  });

  const open = async (opened = hub) => {
    const close = await openWatchDoor(folder, opened);
    closing.push(close);
    return close;
  };
  const watch = (runId = 'review') => {
    const events: SpeechEvent[] = [];
    closing.push(watchRun(folder, runId, (event) => events.push(event)));
    return events;
  };
  const textOf = (events: readonly SpeechEvent[]) =>
    events.map((event) => (event.event === 'text' ? event.text : '')).join('');
  const untilHeard = (events: readonly SpeechEvent[], text: string) =>
    until(
      () => Promise.resolve(textOf(events)),
      (heard) => heard.includes(text),
    );
  const doorFile = () => join(folder.watchDoors, `${process.pid}.json`);

  it('finds nothing to watch where no worker is, or none that lives, and then the one that comes', async () => {
    await writeFile(join(folder.watchDoors, '999999999.json'), '{"pid":999999999,"identity":null,"port":1,"key":"k"}');
    await writeFile(join(folder.watchDoors, '12.json'), 'no door');
    const events = watch();
    hub.begin(speakerIn('review')).say('to come');
    await open();
    await untilHeard(events, 'to come');
    expect(await readdir(folder.watchDoors)).toEqual([`${process.pid}.json`]);
  });

  it('is not let in without the key, which only the folder’s owner can read', async () => {
    await open();
    const { port } = JSON.parse(await readFile(doorFile(), 'utf8')) as { port: number };
    for (const authorization of ['', 'Bearer ', `Bearer ${'0'.repeat(64)}`]) {
      const answer = await fetch(`http://127.0.0.1:${port}/watch/review`, { headers: { authorization } });
      expect([answer.status, await answer.text()]).toEqual([403, '']);
    }
    expect((await stat(doorFile())).mode & 0o077).toBe(0);
  });

  it('goes on at the next worker when one ends, and hears nothing after it is stopped', async () => {
    const close = await open();
    const events = watch();
    hub.begin(speakerIn('review')).say('first');
    await untilHeard(events, 'first');
    await close();
    const next = broadcastHub();
    await open(next);
    const speech = next.begin(speakerIn('review'));
    speech.say(' second');
    await untilHeard(events, 'second');
    closing.pop()?.call(undefined); // the door of the next worker
    expect(textOf(events)).toBe('first second');
  });

  it('does not mind a worker that sends what is no event, or a line without an end', async () => {
    let answered = 0;
    closing.push(
      await openDoor(doorFile(), (_request, response) => {
        answered += 1;
        response.write(answered === 1 ? '{"event":"other"}\n' : 'x'.repeat(300_000));
      }),
    );
    const events = watch();
    await until(
      () => Promise.resolve(answered),
      (times) => times >= 3,
    );
    expect(events).toEqual([]);
  });

  it('costs the worker no memory while a watcher does not read: what is too much is dropped, and said to be', async () => {
    await open();
    const { port, key } = JSON.parse(await readFile(doorFile(), 'utf8')) as { port: number; key: string };
    const socket = connect(port, '127.0.0.1');
    closing.push(() => socket.destroy());
    let received = '';
    socket.setEncoding('utf8').on('data', (part: string) => (received += part));
    socket.write(`GET /watch/review HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n\r\n`);
    await until(
      () => Promise.resolve(received),
      (text) => text.includes('200 OK'),
    );
    const other = watch();
    const speech = hub.begin(speakerIn('review'));
    speech.say('begin');
    await untilHeard(other, 'begin');
    socket.pause();
    const heapBefore = process.memoryUsage().heapUsed + process.memoryUsage().external;
    const flood = 'f'.repeat(16 * 1024);
    for (let times = 0; times < 20_000; times += 1) speech.say(flood); // 320 MB, in one turn of the event loop
    const heapAfter = process.memoryUsage().heapUsed + process.memoryUsage().external;
    expect(heapAfter - heapBefore).toBeLessThan(200 * 1024 * 1024);
    socket.resume();
    await until(
      () => Promise.resolve(received),
      (text) => text.includes('"event":"lost"'),
    );
    speech.say('the end');
    await untilHeard(other, 'the end');
    await until(
      () => Promise.resolve(received),
      (text) => text.includes('the end'),
    );
    const said = 20_000 * flood.length;
    const lost = /"event":"lost","characters":(\d+)/.exec(received)?.[1];
    expect(Number(lost)).toBe(said - (received.match(/f{16384}/g) ?? []).length * flood.length);
    expect(Number(lost)).toBeGreaterThan(said * 0.9);
  });

  it('takes the connection of a watcher that died for no more than a lost watcher', async () => {
    await open();
    const { port, key } = JSON.parse(await readFile(doorFile(), 'utf8')) as { port: number; key: string };
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /watch/review HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.resetAndDestroy();
    const events = watch();
    const speech = hub.begin(speakerIn('review'));
    for (let times = 0; times < 100; times += 1) speech.say(`${times} `);
    await untilHeard(events, '99 ');
    speech.end();
    await until(
      () => Promise.resolve(events.at(-1)?.event),
      (last) => last === 'over',
    );
  });
});
