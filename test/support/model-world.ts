import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelChats } from '../../src/activities/models/model-chats';
import { fileTranscriptStore, type TranscriptStore } from '../../src/activities/stores/transcript-store';
import { modelCards, ModelTable } from '../../src/contracts/model-table';
import { startModelServer, type ModelScript, type ModelServer } from './model-server';
import { sagaWorld, type SagaWorld } from './saga-world';

const capabilities = { structuredOutputs: 'schema', toolCalling: true };
const contextTokensDefault = 32_768;

/** `small` is preferred by the agents that have models, `large` is next, and `cheap` is for the end of a budget. */
function tableOf(contextTokens: number): ModelTable {
  const sizes = { contextTokens, outputTokensMax: 4_096, capabilities };
  return ModelTable.parse({
    small: { ...sizes, id: 'small-1', prices: { input: '0.25', cachedInput: '0.025', output: '2' } },
    large: { ...sizes, id: 'large-1', prices: { input: '1.25', cachedInput: '0.125', output: '10' } },
    cheap: { ...sizes, id: 'cheap-1', prices: { input: '0.05', cachedInput: '0.005', output: '0.4' } },
  });
}

/** A world whose agents talk with models over HTTP. */
export interface ModelWorld extends SagaWorld {
  readonly server: ModelServer;
  readonly transcripts: TranscriptStore;
  close(): Promise<void>;
}

/** Starts a server that answers what a script says, and a world that asks it and keeps transcripts in files. */
export async function startModelWorld(
  script: ModelScript,
  contextTokens: number = contextTokensDefault,
): Promise<ModelWorld> {
  const table = tableOf(contextTokens);
  const server = await startModelServer(script);
  const folder = await mkdtemp(join(tmpdir(), 'counterpoint-model-world-'));
  const transcripts = fileTranscriptStore(folder);
  const models = {
    forms: {},
    models: modelCards(table),
    transcripts,
    chatOf: modelChats(table, { baseUrl: server.url }),
  };
  return Object.assign(sagaWorld(), {
    ...{ server, transcripts, models },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** Gives each test worlds of its own, which end with it. */
export function modelWorlds(): (...script: Parameters<typeof repliesOf>) => Promise<ModelWorld> {
  const opened: ModelWorld[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((world) => world.close())));
  return async (...script) => {
    const world = await startModelWorld(repliesOf(...script));
    opened.push(world);
    return world;
  };
}

type Replies = ModelScript['rules'][number]['replies'];

/** A script by model: each has its replies in turn, and then refuses. */
export function repliesOf(byModel: Readonly<Record<string, Replies>>): ModelScript {
  const rules = Object.entries(byModel).map(([model, replies]) => ({
    ...{ when: { model: `${model}-1` }, replies, then: 'refuse' as const },
  }));
  return { rules };
}

/** An answer in which a model asks for tools, each with an id of its own. */
export function toolCalls(...calls: readonly (readonly [id: string, name: string, given: Json])[]): Replies[number] {
  return { toolCalls: calls.map(([id, name, given]) => ({ id, name, arguments: given })) };
}

type Json = NonNullable<Replies[number]['toolCalls']>[number]['arguments'];

/** An answer in which the clerk writes a text. */
export function draft(text: string): Replies[number] {
  return { content: { text } };
}

/** A message as the server received it. */
export interface WireMessage {
  readonly role: string;
  readonly content: string | null;
  readonly tool_call_id?: string;
}

/** What the server was asked, oldest first. */
export function askedOf({ server }: ModelWorld): readonly WireAsk[] {
  return server.requests.map(({ body }) => body as WireAsk); // the server took it for a chat request
}

export interface WireAsk {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly max_tokens?: number;
}
