/** What a tool's definition must not say, checked by `npm run types`: an error that does not come is an error. */
import * as z from 'zod/mini';
import { defineTool } from '../../src/activities/tools/define-tool';

const parts = {
  description: 'Tell.',
  input: z.strictObject({}),
  output: z.strictObject({}),
  execute: () => Promise.resolve({}),
};
const quick = { isQuick: true } as const;
const undoing = { compensate: () => Promise.resolve(), lookup: () => Promise.resolve(undefined) };

export const tools = [
  defineTool({ ...parts, ...quick, effect: 'none' }),
  // @ts-expect-error -- what changes something is committed before the next call
  defineTool({ ...parts, ...quick, effect: 'retriable' }),
  // @ts-expect-error -- as above
  defineTool({ ...parts, ...quick, ...undoing, effect: 'compensatable' }),
  // @ts-expect-error -- as above
  defineTool({ ...parts, ...quick, effect: 'pivot', approvedBy: 'owner' }),
];
