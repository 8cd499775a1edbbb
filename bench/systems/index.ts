import { byHand, counterpoint, gated, local } from './counterpoint';
import { floor } from './floor';
import { langgraph } from './langgraph';
import { openaiAgents } from './openai-agents';
import type { System } from './system';

/** Every system; the first is the one that the others are compared with. */
export const systems: readonly System[] = [floor, byHand, counterpoint, gated, local, openaiAgents, langgraph];
