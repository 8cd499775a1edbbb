import * as z from 'zod/mini';
import type { ModelCard } from './model-card';

/** US dollars per million tokens as decimal text, to a millionth of a dollar; parsed to integer micro-dollars. */
const Price = z.pipe(
  z
    .string()
    .check(z.regex(/^\d{1,6}(\.\d{1,6})?$/, 'expected dollars per million tokens as decimal text, such as "0.25"')),
  z.transform(microDollars),
);

/** A name under which an agent may ask for a model. `code` is the agents' own code, and no model of the table. */
const ModelName = z
  .string()
  .check(
    z.regex(
      /^(?!code$)[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/,
      'expected a name of letters, digits and . _ : / -, but not code',
    ),
  );

/** The longest that a request takes by default, in milliseconds. */
const timeoutMsDefault = 120_000;
/** What an activity has beyond the request: reading and storing the transcript, and another try of a server that lacks something. */
const aroundRequestMs = 30_000;
/** Activities that a worker has under way at once, so no more requests can be before one that waits for its turn. */
export const activitiesMax = 20;

const tokens = z.int().check(z.positive(), z.maximum(100_000_000));

/** What is known of a model: its id at the server, its limits in tokens, its prices, and what it can be asked for. */
export const ModelEntry = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The longest context, answer included. */
  contextTokens: tokens,
  outputTokensMax: tokens,
  prices: z.strictObject({ input: Price, cachedInput: Price, output: Price }),
  capabilities: z.strictObject({
    /** How the server holds an answer to a JSON schema: by the schema itself, as JSON of any shape, or not at all. */
    structuredOutputs: z.enum(['schema', 'json', 'none']),
    /** Whether it is offered tools by the wire format, or in words. */
    toolCalling: z.boolean(),
  }),
  /** The longest that one request may take, in milliseconds. */
  timeoutMs: z._default(z.int().check(z.minimum(1_000), z.maximum(3_600_000)), timeoutMsDefault),
  /** Requests that a worker sends at once; the others wait. Default: as many as it has. */
  requestsMax: z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
});
export type ModelEntry = z.infer<typeof ModelEntry>;

/** The models that agents may use, by name. One that is not in the table is not called: nobody knows what it costs. */
export const ModelTable = z.record(ModelName, ModelEntry);
export type ModelTable = Readonly<Record<string, ModelEntry>>;

/** The cards of a table's models. */
export function modelCards(table: ModelTable): Readonly<Record<string, ModelCard>> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, modelCard(name, entry)]));
}

function modelCard(name: string, entry: ModelEntry): ModelCard {
  const { contextTokens, outputTokensMax, prices, timeoutMs, requestsMax = activitiesMax } = entry;
  const turnsMax = Math.ceil(activitiesMax / requestsMax);
  return {
    ...{ name, contextTokens, outputTokensMax, timeoutMs: turnsMax * timeoutMs + aroundRequestMs },
    inputPrice: prices.input,
    cachedInputPrice: prices.cachedInput,
    outputPrice: prices.output,
  };
}

function microDollars(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}
