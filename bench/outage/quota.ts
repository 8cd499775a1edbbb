import { startModelServer } from '../../test/support/model-server';
import { quotaError, rightAnswer } from './answers';
import { onStage, untilFound } from './stage';

/** What a quota error of an agent's first model came to. Times are milliseconds. */
export interface Quota {
  readonly outcome: string;
  /** The models that were asked, in order. */
  readonly asked: readonly string[];
  /** From the request that was answered with the error to the next model's request. */
  readonly errorToNextMs: number;
  /** The agent's attempts as the journal has them: by which model, and what came of it. */
  readonly decided: readonly { readonly by: string; readonly result: string }[];
}

const models = ['gpt-5-nano', 'gpt-5-mini'] as const;
const withinMs = 120_000;

/** Lets the first of two models have no quota left. */
export async function measureQuota(say: (line: string) => void): Promise<Quota> {
  const server = await startModelServer({
    rules: [
      { when: { model: models[0] }, replies: [quotaError] },
      { when: { model: models[1] }, replies: [rightAnswer()] },
    ],
  });
  try {
    return await onStage({ modelServerUrl: server.url, models, say }, async (stage) => {
      const result = await untilFound(() => stage.result(), { what: 'the run has ended', withinMs });
      say(`the run has ended: ${result.outcome}`);
      const [refused, next] = server.requests;
      if (refused === undefined || next === undefined) throw new Error('Expected two requests.');
      const entry = (await stage.journal()).find(({ step }) => step === 'caseReader-1');
      return {
        outcome: result.outcome,
        asked: server.requests.map(({ body }) => (body as { readonly model: string }).model), // the server parsed it
        errorToNextMs: next.receivedAtMs - refused.receivedAtMs,
        decided: (entry?.attempts ?? []).map(({ by, result: { type, ...rest } }) => ({
          by,
          result: 'failure' in rest ? `${rest.failure.type}: ${rest.failure.message}` : type,
        })),
      };
    });
  } finally {
    await server.close();
  }
}
