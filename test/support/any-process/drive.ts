import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import type { Notice } from '../../../src/contracts/activities';
import type { RunResult } from '../../../src/contracts/outcome';
import { callTimesOf, type CallTimes } from './call-times';
import type { RunWorlds } from './catalogue';
import { Person, type Warned } from './person';
import type { AnyCase } from './plan';
import { anyProcess, type AnyInput } from './process';
import { seemOutOfOrder } from './order-checks';
import { RunWorld, type Defect, type Happening } from './run-world';

/** A run of which the world sees nothing for so long, and that has not ended, is a finding. */
const silenceMsMax = 30_000;

/** What became of one drawn run. */
export interface Driven {
  readonly world: RunWorld;
  readonly result: RunResult | 'did not end';
  /** What the children of the run were asked, by their ids. */
  readonly children: ReadonlyMap<string, string>;
  /** What the person was told before each rejection. */
  readonly warned: readonly Warned[];
  /** Undos in the wrong order. */
  readonly outOfOrder: readonly string[];
  /** What went wrong with a person's decision, apart from coming too late. */
  readonly troubles: readonly string[];
}

/** Starts drawn runs, and is the person who decides what they ask. */
export class Driver {
  readonly worlds: RunWorlds = new Map();
  private readonly people = new Map<string, Person>();
  private readonly server: Server;
  private count = 0;

  constructor(
    private readonly client: Client,
    private readonly prefix: string,
  ) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(204).end();
        const notice = JSON.parse(Buffer.concat(chunks).toString()) as Notice; // posted by this project's own activity
        this.people.get(notice.runId.split('.')[0] ?? '')?.hear(notice);
      });
    });
  }

  /** Where runs post that they wait for a person. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; // an address: it listens on a port
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Executes a drawn run to its end, or ends it when it does not. */
  async drive(drawn: AnyCase, taskQueue: string, defect?: Defect): Promise<Driven> {
    const workflowId = `${this.prefix}-${++this.count}`;
    const world = new RunWorld(drawn.plan, drawn.seed, defect);
    const person = new Person(this.client, { world, drawn, runId: workflowId });
    this.worlds.set(workflowId, world);
    this.people.set(workflowId, person);
    const handle = await this.client.workflow.start(anyProcess, {
      taskQueue,
      workflowId,
      args: [{ program: drawn.program, within: '', before: '' }],
    });
    const watch = watched(world);
    const result = await Promise.race([handle.result(), watch.silence]);
    watch.stop();
    person.leave();
    if (result === 'did not end') await handle.terminate('It did not end in time.');
    await person.hasSpoken();
    this.worlds.delete(workflowId);
    this.people.delete(workflowId);
    const outOfOrder = await this.outOfOrder(world);
    const children = await this.childrenOf(workflowId, world);
    return { world, result, children, outOfOrder, warned: person.warned, troubles: person.troubles };
  }

  /** What the children of a run were asked: the server has it, whether or not they have ended. */
  private async childrenOf(runId: string, { log }: RunWorld): Promise<Map<string, string>> {
    const ids = new Set(log.map(({ owner }) => owner.split('.').slice(0, 2).join('.')).filter((id) => id !== runId));
    const topics = [...ids].map(async (id): Promise<[string, string]> => [id, await inputOf(this.client, id)]);
    return new Map(await Promise.all(topics));
  }

  /** A run learns of an end a little later than the world: what it could not know by then is no fault of its. */
  private async outOfOrder({ log }: RunWorld): Promise<string[]> {
    const wrongs: string[] = [];
    for (const { older, newer, wrong } of seemOutOfOrder(log)) {
      const ends = await Promise.all(older.map(async (one) => (await this.timesOf(one))?.ended ?? 0n));
      const beginnings = await Promise.all(newer.map(async (one) => (await this.timesOf(one))?.asked ?? 0n));
      if (beginnings.every((asked) => ends.every((ended) => ended < asked))) wrongs.push(wrong);
    }
    return wrongs;
  }

  private async timesOf({ owner, call }: Happening): Promise<CallTimes | undefined> {
    return (await callTimesOf(this.client, owner)).get(call ?? '');
  }
}

/** Tells when nothing has happened in a world for too long. */
function watched(world: RunWorld): { readonly silence: Promise<'did not end'>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let seen = -1;
  const silence = new Promise<'did not end'>((resolve) => {
    timer = setInterval(() => {
      if (world.now === seen) resolve('did not end');
      seen = world.now;
    }, silenceMsMax);
  });
  return {
    silence,
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function inputOf(client: Client, workflowId: string): Promise<string> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const data = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data ?? [];
  return (JSON.parse(Buffer.from(data).toString()) as AnyInput).before; // as the run's process asked
}
