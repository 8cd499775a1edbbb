import * as z from 'zod/mini';
import { shopOperations } from '../../contracts/shop-operations';
import { handOff } from '../shop/hand-off';
import { defineTool } from './define-tool';

/** `retriable`: a hand-off must outlive the failure that it tells a person of, so undoing a run leaves it standing. */
export const transferToHumanAgents = defineTool({
  description: 'Hand the case to a person, with a summary of all that is known.',
  effect: 'retriable',
  input: shopOperations.transfer_to_human_agents.arguments,
  output: z.strictObject({ hand_off: z.string() }),
  async execute({ summary }, { services: { database }, idempotencyKey }) {
    return { hand_off: await handOff(database, { summary, idempotencyKey }) };
  },
});
