import type * as z from 'zod/mini';
import { Artifact } from '../../contracts/artifact';
import { canonicalJson } from '../../contracts/json';
import type { AnyAgent } from '../hold-output';
import type { FormContext, PartOpening } from './agent-form';

const textTypes = /^(text\/|application\/(json|yaml|xml)\b|[\w.-]+\/[\w.-]+\+(json|yaml|xml)\b)/;

/** A form whose types are not known here: what it is given was parsed by the schemas that type it. */
export interface AnyForm {
  readonly writes: z.ZodMiniType;
  open(input: unknown, context: FormContext): Promise<readonly PartOpening[]>;
  faultOf?(
    written: { readonly part: number; readonly value: unknown },
    input: unknown,
    context: FormContext,
  ): Promise<string | undefined>;
  join(written: readonly unknown[], input: unknown, context: FormContext): Promise<unknown>;
}

/** How an agent without a form is given its work: its input as JSON, after the texts that it refers to, in one part. */
export function defaultForm({ objective, output }: AnyAgent): AnyForm {
  return {
    writes: output,
    async open(input, { artifacts }) {
      const texts = await Promise.all(textsOf(input).map(async (one) => textBlock(one, await artifacts.get(one))));
      return [{ material: [...texts, `The input:\n${canonicalJson(input)}`].join('\n\n'), task: objective }];
    },
    join: (written) => Promise.resolve(written[0]),
  };
}

function textBlock({ name, sha256 }: Artifact, content: Uint8Array): string {
  return `The text ${name} (${sha256}):\n${Buffer.from(content).toString('utf8')}`;
}

/** The artifacts of an input that are text, each once. */
function textsOf(value: unknown): Artifact[] {
  const found = new Map<string, Artifact>();
  for (const one of artifactsOf(value)) if (textTypes.test(one.mediaType)) found.set(one.sha256, one);
  return [...found.values()];
}

function artifactsOf(value: unknown): Artifact[] {
  const parsed = Artifact.safeParse(value);
  if (parsed.success) return [parsed.data];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(artifactsOf) : [];
}
