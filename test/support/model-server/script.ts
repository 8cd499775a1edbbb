import * as z from 'zod/mini';
import { Reply } from './reply';

const rulesMax = 1_000;
const repliesMax = 10_000;
const modelsMax = 100;

const Name = z.string().check(z.minLength(1), z.maxLength(200));

const Pattern = z
  .strictObject({ regex: z.string().check(z.maxLength(10_000)), flags: z.optional(z.string()) })
  .check(z.refine(isPattern, 'expected a regular expression of JavaScript, and flags that it knows'));

/** A text that is contained, letter for letter, or a pattern that is found. */
const Wording = z.union([z.string().check(z.minLength(1)), Pattern], {
  error: 'expected a text, or regex with an optional flags that JavaScript knows',
});
export type Wording = z.infer<typeof Wording>;

/** What a request must have for a rule; every field that is given must hold. */
const When = z.strictObject({
  /** The model that was asked for. */
  model: z.optional(Name),
  /** Stands in the system (or developer) messages. */
  system: z.optional(Wording),
  /** Stands in what came since the model last spoke: the question, the results of its tools, the feedback. */
  last: z.optional(Wording),
  /** Stands in any message that is no system message: the model's own words and tool calls too. */
  conversation: z.optional(Wording),
  /** A tool of this name is offered. */
  tool: z.optional(Name),
});
export type When = z.infer<typeof When>;

const Rule = z.strictObject({
  /** Default: any request. */
  when: z.optional(When),
  /** Used one after the other. */
  replies: z.array(Reply).check(z.minLength(1), z.maxLength(repliesMax)),
  /** When the replies are used up: `repeat` the last one (the default), or `refuse`. */
  then: z.optional(z.enum(['repeat', 'refuse'])),
});
export type Rule = z.infer<typeof Rule>;

/** What a model server answers. Of the rules the first that fits a request answers it; none fits: refused. */
export const ModelScript = z.strictObject({
  rules: z.array(Rule).check(z.minLength(1), z.maxLength(rulesMax)),
  /** The models there are; any other is refused as unknown. Default: any model. */
  models: z.optional(z.array(Name).check(z.minLength(1), z.maxLength(modelsMax))),
  /** `true`: any key will do; a text: only this one. Default: none is needed. */
  requireKey: z.optional(z.union([z.boolean(), z.string().check(z.minLength(1))])),
  /** `unsupported`: a `response_format` of type `json_schema` is refused. */
  structuredOutputs: z.optional(z.enum(['supported', 'unsupported'])),
  /** `unsupported`: a request that offers tools is refused. */
  toolCalling: z.optional(z.enum(['supported', 'unsupported'])),
  /** A request whose prompt, with the completion it asks for, has more tokens is refused. Default: no limit. */
  contextTokens: z.optional(z.int().check(z.minimum(1))),
});
export type ModelScript = z.infer<typeof ModelScript>;

function isPattern({ regex, flags }: { readonly regex: string; readonly flags?: string | undefined }): boolean {
  try {
    new RegExp(regex, flags);
    return true;
  } catch {
    return false;
  }
}
