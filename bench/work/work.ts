/** How many, of what size, and in which shape. Bytes are of text in UTF-8. */
export type Shape =
  /** Agent steps in a row: each one model call, then one tool call on its answer, which the next step gets. */
  | { readonly kind: 'chain'; readonly steps: number; readonly textBytes: number }
  /** A planner, so many agents at once, each with one tool call, and one synthesis of what they say. */
  | { readonly kind: 'fanOut'; readonly agents: number; readonly textBytes: number }
  /** One agent in conversation: so many turns, each a tool call whose result stays in the transcript. */
  | { readonly kind: 'long'; readonly turns: number; readonly resultBytes: number; readonly textBytes: number }
  /** One tool call an item, a bounded number at once, in one run. */
  | { readonly kind: 'wide'; readonly items: number; readonly inFlightMax: number; readonly textBytes: number }
  /** The same with a child run for every item. */
  | { readonly kind: 'children'; readonly items: number; readonly inFlightMax: number; readonly textBytes: number };

export type ShapeOf<Kind extends Shape['kind']> = Extract<Shape, { readonly kind: Kind }>;

/** How much a benchmark measures of what is not named: what says most in a few minutes, or everything. */
export type Extent = 'brief' | 'whole';

/** One piece of work, the same for every system. */
export interface Work {
  readonly name: string;
  readonly title: string;
  readonly shape: Shape;
  /** Runs that are started at once. */
  readonly runs: number;
  /** What the model waits before it answers, in milliseconds: the work is measured once with each. */
  readonly delaysMs: readonly number[];
  /** The least benchmark that has it; one that takes very long is measured only when it is named. */
  readonly extent: Extent | 'named';
  /** Takes long: measured in fewer rounds, none of them to warm up. */
  readonly isHeavy: boolean;
  /** Measured on a server as it comes, too. */
  readonly isOnEveryServer: boolean;
}

/** What a run of a work is started with: its shape, and the random text that it begins with. */
export interface WorkInput<Kind extends Shape['kind'] = Shape['kind']> {
  readonly shape: ShapeOf<Kind>;
  readonly text: string;
}

/** What a run of a work ends with: enough to see that it did all of it. */
export interface WorkResult {
  readonly text: string;
  /** Tool calls that were answered. */
  readonly toolCalls: number;
}

/** Model calls that one run of a shape makes. */
export function modelCallsOf(shape: Shape): number {
  switch (shape.kind) {
    case 'chain':
      return shape.steps;
    case 'fanOut':
      return shape.agents + 2;
    case 'long':
      return shape.turns + 1;
    case 'wide':
    case 'children':
      return 0;
  }
}

/** Tool calls that one run of a shape makes. */
export function toolCallsOf(shape: Shape): number {
  switch (shape.kind) {
    case 'chain':
      return shape.steps;
    case 'fanOut':
      return shape.agents;
    case 'long':
      return shape.turns;
    case 'wide':
    case 'children':
      return shape.items;
  }
}

/** Steps by which figures are divided: a model call and the tool call that follows it are one. */
export function stepsOf(shape: Shape): number {
  return Math.max(modelCallsOf(shape), toolCallsOf(shape));
}

/** The items of a wide work: each a text of its own. */
export function itemsOf({ shape, text }: WorkInput<'wide'> | WorkInput<'children'>): readonly string[] {
  return Array.from({ length: shape.items }, (_, index) => `${index} ${text}`);
}
