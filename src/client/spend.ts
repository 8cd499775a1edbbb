import type { Usage } from '../contracts/usage';

/** `41 calls, 0 tokens, $0.0000` */
export function describeSpend({ calls, tokens, costMicroUsd }: Usage): string {
  return `${calls} calls, ${tokens} tokens, $${(costMicroUsd / 1e6).toFixed(4)}`;
}
