import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  historyLength,
  install,
  processesOf,
  stop,
  until,
  untilUp,
  withServer,
  type Installation,
  type Started,
  type UpRecord,
} from './command-line';
import { completed, documentOf, filedIn, sample, show } from './review';

jest.setTimeout(240_000);

/** A review has more than 200 events. By this many some steps are answered, and not all. */
const eventsMin = 20;
const eventsMax = 140;
const atRandom = () => eventsMin + Math.floor(Math.random() * (eventsMax - eventsMin));
const review = ['run', 'contract-review', '--input', sample, '--wait', '--json', '--id'];

/** Waits until a run's history has so many events, and kills. */
async function killAt(installation: Installation, runId: string, { events, pids }: { events: number; pids: number[] }) {
  await withServer(installation, (client) =>
    until(`${runId} has ${events} events`, async () => (await historyLength(client, runId)) >= events),
  );
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** Every step was answered once, under one name, and no activity completed twice. */
async function expectNothingTwice(installation: Installation, runId: string): Promise<void> {
  const { steps } = await show(installation, runId);
  expect(steps).toHaveLength(51);
  expect(steps.filter(({ state }) => state !== 'answered')).toEqual([]);
  expect(new Set(steps.map(({ name, about }) => `${name} ${about}`)).size).toBe(51);
  const { events } = await withServer(installation, (client) => client.workflow.getHandle(runId).fetchHistory());
  const activities = (events ?? []).flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled == null ? [] : [[String(eventId), scheduled.activityId] as const],
  );
  const completions = (events ?? []).flatMap(({ activityTaskCompletedEventAttributes: completed }) =>
    completed == null ? [] : [String(completed.scheduledEventId)],
  );
  expect(new Set(activities.map(([, activityId]) => activityId)).size).toBe(activities.length);
  // The worker that goes on does not remember what the calls of the killed one cite: it begins nothing, and is told in full.
  const notBegun = (events ?? []).flatMap(({ activityTaskFailedEventAttributes: failed }) =>
    failed?.failure?.applicationFailureInfo?.type === 'CitedTextForgotten' ? [String(failed.scheduledEventId)] : [],
  );
  const inFull = activities.filter(([, activityId]) => activityId?.endsWith('.whole'));
  expect(inFull).toHaveLength(notBegun.length);
  expect([...completions, ...notBegun].sort()).toEqual(activities.map(([eventId]) => eventId).sort());
  expect(completions.length).toBeGreaterThan(50);
}

describe('a run whose worker or server is killed in the middle', () => {
  let installation: Installation;
  let up: Started;
  beforeAll(async () => {
    installation = await install();
    up = installation.start('up');
    await untilUp(installation);
  });
  afterAll(() => installation.remove());

  let started = 0;
  const struck: [what: string, events: number, pidsOf: (record: UpRecord) => number[]][] = [
    ['its worker was', eventsMin, ({ workerPid }) => [workerPid]],
    ['its worker was', atRandom(), ({ workerPid }) => [workerPid]],
    ['its worker was', eventsMax, ({ workerPid }) => [workerPid]],
    ['its server was', atRandom(), ({ serverPid }) => [serverPid]],
    ['its server and its worker were', atRandom(), ({ serverPid, workerPid }) => [serverPid, workerPid]],
  ];
  it.each(struck)('finishes after %s killed at event %i, with no step done twice', async (_what, events, pidsOf) => {
    started += 1;
    const runId = `struck-${started}`;
    const run = installation.start(...review, runId, '--yes');
    await killAt(installation, runId, { events, pids: pidsOf(await untilUp(installation)) });
    const ended = await run.ended;
    expect([ended.exitCode, ended.exitCode === 0 ? '' : ended.stderr]).toEqual([0, '']);
    expect(completed(ended).runId).toBe(runId);
    await expectNothingTwice(installation, runId);
  });

  it('has filed and reported each review once, and what was killed was said', async () => {
    expect(await stop(up)).toMatchObject({ exitCode: 0 });
    expect(processesOf(installation.folder)).toEqual([]);
    expect(up.output.stderr.match(/The worker ended \(SIGKILL\) and is started again/g)).toHaveLength(4);
    expect(up.output.stderr.match(/server died \(it ended with SIGKILL\) and is started again/g)).toHaveLength(2);
    expect(await filedIn(installation)).toHaveLength(struck.length);
    const reports = await readdir(join(installation.folder, 'reports'));
    expect(reports.filter((name) => name.endsWith('.html'))).toHaveLength(struck.length);
  });
});

describe('a command that brought everything up itself', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await install();
  });
  afterEach(() => installation.remove());

  it('finishes its run after the worker was killed, and leaves nothing running', async () => {
    const run = installation.start(...review, 'alone', '--yes');
    const { workerPid } = await untilUp(installation);
    await killAt(installation, 'alone', { events: atRandom(), pids: [workerPid] });
    const ended = await run.ended;
    expect(ended).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('The worker ended (SIGKILL) and is started again.') as string,
    });
    expect(completed(ended).value.matter.matterId).toBe('M-000001');
    expect(processesOf(installation.folder)).toEqual([]);
    expect(await filedIn(installation)).toHaveLength(1);
  });

  it('may be killed: the next one ends the server it left, the worker ends by itself, and the run goes on', async () => {
    const run = installation.start(...review, 'orphaned', '--yes');
    await untilUp(installation);
    await killAt(installation, 'orphaned', { events: atRandom(), pids: [run.process.pid!] });
    expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(processesOf(installation.folder).filter(({ line }) => line.includes('start-dev'))).toHaveLength(1);

    const up = installation.start('up');
    await until('it is up', () => up.output.stdout.includes('Ctrl-C stops'));
    expect(up.output.stderr).toContain('Ended a Temporal server that a killed process had left.');
    expect(processesOf(installation.folder)).toHaveLength(4);
    await until('counsel is asked', async () => {
      return (documentOf(await installation.run('inbox', '--json')) as unknown[]).length > 0;
    });
    await installation.run('decide', 'orphaned', 'counselSignOff-1', '--approve', '--as', 'Ada');
    await until('it has completed', async () => (await show(installation, 'orphaned')).state === 'completed');
    await expectNothingTwice(installation, 'orphaned');
    expect(await stop(up)).toMatchObject({ exitCode: 0 });
    expect(await filedIn(installation)).toHaveLength(1);
  });
});
