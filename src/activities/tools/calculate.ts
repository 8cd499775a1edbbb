import * as z from 'zod/mini';
import { shopOperations } from '../../contracts/shop-operations';
import { calculate as evaluate } from '../shop/calculate';
import { defineTool } from './define-tool';

export const calculate = defineTool({
  description: 'Calculate an expression exactly and round the result to cents.',
  effect: 'none',
  input: shopOperations.calculate.arguments,
  output: z.string(),
  execute: ({ expression }) => Promise.resolve(evaluate(expression)),
});
