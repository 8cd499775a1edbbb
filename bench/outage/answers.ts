import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCase } from '../../src/activities/models/service/read-case';
import type { ModelScript } from '../../test/support/model-server';

type Reply = ModelScript['rules'][number]['replies'][number];

/** The right reading of the case, as the project's own reader gives it. */
export function rightAnswer(): Reply {
  const file = join(__dirname, '..', '..', 'data', 'shop', 'cases', 'cancel-with-refund.json');
  const { message } = JSON.parse(readFileSync(file, 'utf8')) as { message: string };
  return { content: JSON.stringify(readCase(message)) };
}

/** An answer that goes back to the model with its errors, so that a turn follows. */
export const wrongAnswer: Reply = { content: 'The customer wants something cancelled.' };

export const quotaError: Reply = {
  error: {
    ...{ status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
};
