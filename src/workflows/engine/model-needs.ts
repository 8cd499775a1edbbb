import type { ModelLimits } from '../../contracts/activities';
import type { ConversationPart, Said } from '../../contracts/conversation';
import { failure } from '../../contracts/failures';
import type { AgentCard, AgentLimits } from '../../contracts/manifest';
import type { ModelCard } from '../../contracts/model-card';
import type { Usage } from '../../contracts/usage';
import type { CallingStep } from './call';

/** For agents whose manifest was written before they had limits. */
export const limitsDefault: AgentLimits = { turnsMax: 12, outputTokensMax: 4_096 };

/** A token has at least two bytes in practice: half the bytes is more than the tokens. */
const bytesPerToken = 2;
/** Instructions, schemas and tools of an agent. */
const fixedTokens = 4_096;
const perMillion = 1_000_000;

/** The most that the next call of a model may send and answer, and what that would cost. */
export function needsOf(
  { execution, card, model, input }: CallingStep & { card: AgentCard; model: string; input: unknown },
  part: ConversationPart,
  inputTokens?: number,
): { readonly limits: ModelLimits; readonly needs: Usage } {
  const known = execution.manifest.models?.[model];
  if (known === undefined) {
    throw failure('ModelUnusable', `The run's manifest has no model ${model}. Add it to the table of models.`, {
      model,
    });
  }
  const outputTokensMax = Math.min(
    part.outputTokensMax ?? (card.limits ?? limitsDefault).outputTokensMax,
    known.outputTokensMax,
  );
  const room = known.contextTokens - outputTokensMax;
  const sent = inputTokens ?? (part.head === undefined ? openingTokens(input) : turnTokens(part));
  const inputTokensMax = Math.max(1, Math.min(sent, room));
  return {
    limits: { inputTokensMax, outputTokensMax },
    needs: {
      tokens: inputTokensMax + outputTokensMax,
      costMicroUsd: costOf(known, inputTokensMax, outputTokensMax),
      calls: 1,
    },
  };
}

function costOf({ inputPrice, outputPrice }: ModelCard, input: number, output: number): number {
  return Math.ceil((input * inputPrice + output * outputPrice) / perMillion);
}

function openingTokens(input: unknown): number {
  return fixedTokens + Math.ceil((JSON.stringify(input).length + artifactBytesOf(input)) / bytesPerToken);
}

function turnTokens({ contextTokens, said }: ConversationPart): number {
  return contextTokens + fixedTokens + said.reduce((sum, one) => sum + tokensOf(one), 0);
}

function tokensOf(said: Said): number {
  const bytes = 'bytes' in said ? said.bytes : said.text.length;
  return Math.ceil(bytes / bytesPerToken);
}

/** The sizes of what an input refers to, wherever it does. */
function artifactBytesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if ('sha256' in value && 'bytes' in value) return typeof value.bytes === 'number' ? value.bytes : 0;
  return Object.values(value).reduce((sum: number, field) => sum + artifactBytesOf(field), 0);
}
