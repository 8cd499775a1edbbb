import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callModel } from '../../src/activities/call-model';
import { modelChats } from '../../src/activities/models/model-chats';
import type { ModelCalling } from '../../src/activities/models/conversation/model-work';
import { fileArtifactStore } from '../../src/activities/stores/artifact-store';
import { fileTranscriptStore } from '../../src/activities/stores/transcript-store';
import type { ModelCall, ModelTurn } from '../../src/contracts/activities';
import type { Said } from '../../src/contracts/conversation';
import { modelCards, ModelTable } from '../../src/contracts/model-table';
import { agents, rules, tools } from './catalogue';
import { startModelServer, type ModelScript, type ModelServer } from './model-server';

/** A writer that may look things up and book them. */
const clerk = { ...agents.writer, tools: ['lookUp', 'book', 'noArguments'] };

const capabilities = { structuredOutputs: 'schema', toolCalling: true };
export const models = ModelTable.parse({
  small: {
    ...{ id: 'small-1', contextTokens: 4_096, outputTokensMax: 1_024, capabilities },
    prices: { input: '0.25', cachedInput: '0.025', output: '2' },
  },
});

export interface Asking {
  readonly calling: ModelCalling;
  readonly server: ModelServer;
  close(): Promise<void>;
}

/** Everything that a call of a model needs, with a server that answers what a script says. */
export async function startAsking(
  replies: ModelScript['rules'][number]['replies'],
  changes: Partial<ModelCalling> = {},
): Promise<Asking> {
  const server = await startModelServer({ rules: [{ replies, then: 'refuse' }] });
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-models-'));
  return {
    server,
    calling: {
      ...{ agents: { ...agents, clerk }, rules, tools, forms: {}, models: modelCards(models) },
      artifacts: fileArtifactStore(join(folder, 'artifacts')),
      transcripts: fileTranscriptStore(join(folder, 'transcripts')),
      chatOf: modelChats(models, { baseUrl: server.url }),
      ...changes,
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const opened: Asking[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** The same, closed when the test is over. */
export async function asking(...given: Parameters<typeof startAsking>): Promise<Asking> {
  const started = await startAsking(...given);
  opened.push(started);
  return started;
}

const call: ModelCall = {
  ...{ agent: 'writer', model: 'small', rules: [], isLastTurn: false, hasAlternative: false },
  conversation: { input: { topic: 'tides' }, feedback: [], part: 0 },
  limits: { inputTokensMax: 4_000, outputTokensMax: 1_000 },
};

/** Takes a turn; what is not said is about an essay on tides. */
export function takeTurn({ calling }: Asking, changes: Partial<ModelCall> = {}): Promise<ModelTurn> {
  return callModel(calling, { ...call, ...changes }, new AbortController().signal);
}

/** Where a conversation stands after a turn, and what is said to the model next. */
export function after({ head = '' }: ModelTurn, ...said: readonly Said[]): Pick<ModelCall, 'conversation'> {
  return { conversation: { head, said } };
}

/** A message as it came over the wire. */
export interface WireMessage {
  readonly role: string;
  readonly content: string | null;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

export interface WireRequest {
  readonly messages: readonly WireMessage[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly max_tokens?: number;
}

/** The last request that the server received. */
export function lastRequest({ server }: Asking): WireRequest {
  return server.requests.at(-1)?.body as WireRequest; // asserted on by the test
}
