import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
import type { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type { ChatMessage } from '../../model/answer';
import { askModel } from '../../model/ask-model';
import { pageTool } from '../../systems/floor/page-tool';
import { randomText } from '../../work/random-text';
import { itemsOf, type WorkInput, type WorkResult } from '../../work/work';

type Message =
  ChatMessage | { readonly role: 'user' | 'tool'; readonly content: string; readonly tool_call_id?: string };

/** The last value counts, and lists grow: as the documentation has it. */
const State = Annotation.Root({
  text: Annotation<string>,
  /** Steps or items that are wanted. */
  wanted: Annotation<number>,
  toolCalls: Annotation<number>({ reducer: (sum, more) => sum + more, default: () => 0 }),
  parts: Annotation<readonly string[]>,
  spoken: Annotation<readonly string[]>({ reducer: (all, more) => [...all, ...more], default: () => [] }),
  noted: Annotation<readonly string[]>({ reducer: (all, more) => [...all, ...more], default: () => [] }),
  messages: Annotation<readonly Message[]>({ reducer: (all, more) => [...all, ...more], default: () => [] }),
});
type State = typeof State.State;
type Update = Partial<State>;

const instructions = 'Answer with a text.';

/** The works as graphs: what a node does is done once a superstep, and each superstep is checkpointed. */
export function graphsOn(checkpointer: PostgresSaver, modelUrl: string) {
  const speak = async (text: string): Promise<string> => {
    const messages = [
      { role: 'system', content: instructions },
      { role: 'user', content: text },
    ];
    return (await askModel(modelUrl, { model: 'bench', messages })).content ?? '';
  };
  const note = (text: string) => randomText(text, text.length);

  /** Work 1 and 3: an agent and its tool in turn. */
  const chain = new StateGraph(State)
    .addNode('speak', async ({ text }): Promise<Update> => ({ text: await speak(text) }))
    .addNode('note', ({ text }): Update => ({ text: note(text), toolCalls: 1 }))
    .addEdge(START, 'speak')
    .addEdge('speak', 'note')
    .addConditionalEdges('note', ({ toolCalls, wanted }) => (toolCalls < wanted ? 'speak' : END), ['speak', END])
    .compile({ checkpointer });

  /** Work 2: a map of agents, each of which then uses its tool, and a reduction. */
  const fanOut = new StateGraph(State)
    .addNode('plan', async ({ text }): Promise<Update> => ({ text: await speak(text) }))
    .addNode('agent', async ({ text }): Promise<Update> => ({ spoken: [await speak(text)] }))
    .addNode('note', ({ text }): Update => ({ noted: [note(text)], toolCalls: 1 }))
    .addNode('sum', async ({ noted }): Promise<Update> => ({ text: await speak(noted.join('\n')) }))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      ({ text, wanted }) =>
        Array.from({ length: wanted }, (_, index) => new Send('agent', { text: `${index} ${text}` })),
      ['agent'],
    )
    // Each agent sees only what it has said itself: what the others said is not in the state yet.
    .addConditionalEdges('agent', ({ spoken }) => spoken.map((text) => new Send('note', { text })), ['note'])
    .addEdge('note', 'sum')
    .addEdge('sum', END)
    .compile({ checkpointer });

  /** Work 4: a model and its tool in turn, over a list of messages. */
  const long = new StateGraph(State)
    .addNode('turn', async ({ messages }): Promise<Update> => {
      const said = await askModel(modelUrl, { model: 'bench', messages, tools: [pageTool] });
      return { messages: [said], ...(said.tool_calls === undefined ? { text: said.content ?? '' } : {}) };
    })
    .addNode('page', ({ messages }): Update => {
      const results = callsOf(messages.at(-1)).map(({ id, function: { arguments: given } }) => {
        const { key, bytes } = JSON.parse(given) as { readonly key: string; readonly bytes: number };
        return { role: 'tool' as const, tool_call_id: id, content: randomText(key, bytes) };
      });
      return { messages: results, toolCalls: results.length };
    })
    .addEdge(START, 'turn')
    .addConditionalEdges('turn', ({ messages }) => (callsOf(messages.at(-1)).length > 0 ? 'page' : END), ['page', END])
    .addEdge('page', 'turn')
    .compile({ checkpointer });

  /** Work 5: a map of tool calls. */
  const wide = new StateGraph(State)
    .addNode('note', ({ text }): Update => ({ noted: [note(text)], toolCalls: 1 }))
    .addNode('last', ({ noted }): Update => ({ text: noted.at(-1) ?? '' }))
    .addConditionalEdges(START, ({ parts }) => parts.map((text) => new Send('note', { text })), ['note'])
    .addEdge('note', 'last')
    .addEdge('last', END)
    .compile({ checkpointer });

  const graphs = { chain, fanOut, long, wide };
  return {
    stateOf,
    /** Runs a graph on a thread of its own from a state, or without one from where the thread is. */
    async invoke(id: string, { shape }: WorkInput, state: Update | null): Promise<WorkResult> {
      if (shape.kind === 'children') throw new Error('There is no graph for children.');
      const config = {
        configurable: { thread_id: id },
        recursionLimit: supersteps(shape),
        durability: 'sync' as const,
      };
      const bounded = shape.kind === 'wide' ? { ...config, maxConcurrency: shape.inFlightMax } : config;
      const { text, toolCalls } = (await graphs[shape.kind].invoke(state, bounded)) as State; // all graphs have this state
      return { text, toolCalls };
    },
  };
}

export type Graphs = ReturnType<typeof graphsOn>;

function stateOf(input: WorkInput): Update {
  const { shape, text } = input;
  switch (shape.kind) {
    case 'chain':
      return { text, wanted: shape.steps };
    case 'fanOut':
      return { text, wanted: shape.agents };
    case 'long':
      return { messages: [{ role: 'user', content: text }] };
    case 'wide':
      return { parts: itemsOf({ shape, text }) };
    case 'children':
      throw new Error('There is no graph for children.');
  }
}

/** More than a run of the shape takes: a graph that goes on beyond has lost its way. */
function supersteps(shape: WorkInput['shape']): number {
  switch (shape.kind) {
    case 'chain':
      return 2 * shape.steps + 5;
    case 'long':
      return 2 * shape.turns + 5;
    case 'fanOut':
    case 'wide':
    case 'children':
      return 10;
  }
}

function callsOf(message: Message | undefined): NonNullable<ChatMessage['tool_calls']> {
  return message !== undefined && 'tool_calls' in message ? (message.tool_calls ?? []) : [];
}
