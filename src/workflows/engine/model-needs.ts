import type { ModelLimits } from '../../contracts/activities';
import type { ConversationPart, Said } from '../../contracts/conversation';
import { failure } from '../../contracts/failures';
import { agentLimitsDefault, type AgentCard } from '../../contracts/manifest';
import type { ModelCard } from '../../contracts/model-card';
import { bytesPerToken } from '../../contracts/token-estimate';
import type { Usage } from '../../contracts/usage';
import { usageOf } from '../../contracts/usage-of';
import type { CallingStep } from './call';

/** Instructions, schemas and tools of an agent. */
const fixedTokens = 4_096;

/** A compaction may ask for a summary twice, each of so much of the context at the most, or so many tokens. */
const summaryShare = 1 / 8;
const summaryTokensMax = 4_096;
const summaryAttemptsMax = 2;

type Needing = Pick<CallingStep, 'execution'> & { readonly card: AgentCard; readonly model: string };

/** What a call is limited to, and what that would cost at the most. */
interface Needed {
  readonly limits: ModelLimits;
  readonly needs: Usage;
}

/** The most that the next call of a model may send and answer, and what that would cost. */
export function needsOf(
  { input, ...needing }: Needing & { readonly input: unknown },
  part: ConversationPart,
  inputTokens?: number,
): Needed {
  const known = modelOf(needing);
  const { card } = needing;
  const outputTokensMax = Math.min(
    part.outputTokensMax ?? (card.limits ?? agentLimitsDefault).outputTokensMax,
    known.outputTokensMax,
  );
  const room = known.contextTokens - outputTokensMax;
  const sent = inputTokens ?? (part.head === undefined ? openingTokens(input) : turnTokens(part));
  return needed(known, { inputTokensMax: Math.max(1, Math.min(sent, room)), outputTokensMax });
}

/** The most that the compaction of a conversation may send and answer, all its requests together. */
export function compactionNeeds(needing: Needing, { contextTokens }: ConversationPart): Needed {
  const known = modelOf(needing);
  const summaryTokens = Math.min(Math.floor(known.contextTokens * summaryShare), summaryTokensMax);
  return needed(known, {
    inputTokensMax: summaryAttemptsMax * (Math.min(contextTokens, known.contextTokens) + fixedTokens),
    outputTokensMax: summaryAttemptsMax * Math.max(1, Math.min(summaryTokens, known.outputTokensMax)),
  });
}

function modelOf({ execution, model }: Needing): ModelCard {
  const known = execution.manifest.models?.[model];
  if (known !== undefined) return known;
  throw failure('ModelUnusable', `The run's manifest has no model ${model}. Add it to the table of models.`, { model });
}

function needed(known: ModelCard, limits: ModelLimits): Needed {
  const { inputTokensMax, outputTokensMax } = limits;
  return { limits, needs: usageOf(known, { input: inputTokensMax, cachedInput: 0, output: outputTokensMax }) };
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
