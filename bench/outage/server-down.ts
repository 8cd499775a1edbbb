import { setTimeout as wait } from 'node:timers/promises';
import { startModelServer } from '../../test/support/model-server';
import { rightAnswer, wrongAnswer } from './answers';
import { onStage, untilFound, type Stage } from './stage';

/** What an outage of the only model's server came to. Times are milliseconds. */
export interface ServerDown {
  readonly downMs: number;
  readonly outcome: string;
  /** Requests that were received before the outage, and after it. */
  readonly requestsBefore: number;
  readonly requestsAfter: number;
  /** The tries of each call of the model, as the history has them. */
  readonly tries: Readonly<Record<string, number>>;
  /** From the server's return to the first request that it received, and to the run's end. */
  readonly returnToRequestMs: number;
  readonly returnToEndMs: number;
}

const model = 'gpt-5-mini';
const turnWithinMs = 120_000;
/** The run is given up when it has not gone on so long after the server is back. */
const resumeWithinMs = 180_000;

/**
 * Takes the model's server away after the first of two turns, and brings it back at the same address. Nobody does
 * anything about the run.
 */
export async function measureServerDown(downMs: number, say: (line: string) => void): Promise<ServerDown> {
  // The second turn may begin before the server is gone, and is then lost with it.
  const second = { ...wrongAnswer, delayMs: turnWithinMs };
  const before = await startModelServer({ rules: [{ replies: [wrongAnswer, second] }] });
  const port = Number(new URL(before.url).port);
  return onStage({ modelServerUrl: before.url, models: [model], say }, async (stage) => {
    await untilFound(() => Promise.resolve(before.requests.find(({ ending }) => ending === 'complete')), {
      what: 'the first turn is answered',
      withinMs: turnWithinMs,
    });
    await before.close();
    say(`the model’s server is gone, after ${before.requests.length} requests`);
    await follow(stage, { untilMs: Date.now() + downMs, say });
    const after = await startModelServer({ rules: [{ replies: [rightAnswer()] }] }, { port });
    const backAtMs = Date.now();
    say('the model’s server is back');
    try {
      const [request, result] = await Promise.all([
        untilFound(() => Promise.resolve(after.requests[0]), { what: 'it is asked', withinMs: resumeWithinMs }),
        untilFound(() => stage.result(), { what: 'the run has ended', withinMs: resumeWithinMs }),
      ]);
      const returnToEndMs = Date.now() - backAtMs;
      say(`the run has ended: ${result.outcome}`);
      return {
        ...{ downMs, outcome: result.outcome },
        ...{ requestsBefore: before.requests.length, requestsAfter: after.requests.length },
        tries: Object.fromEntries(await stage.tries()),
        ...{ returnToRequestMs: request.receivedAtMs - backAtMs, returnToEndMs },
      };
    } finally {
      await after.close();
    }
  });
}

interface Following {
  readonly untilMs: number;
  readonly say: (line: string) => void;
}

/** Says whenever a call is tried again. */
async function follow(stage: Stage, { untilMs, say }: Following): Promise<void> {
  let said = '';
  while (Date.now() < untilMs) {
    const line = (await stage.pending())
      .map(({ call, attempt, lastFailure }) => `${call}: try ${attempt}${lastFailure ? `, after ${lastFailure}` : ''}`)
      .join('; ');
    if (line !== said && line !== '') say(line);
    said = line;
    await wait(Math.min(500, Math.max(0, untilMs - Date.now())));
  }
}
