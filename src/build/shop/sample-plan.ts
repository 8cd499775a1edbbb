import type { ShopPlan } from './generate-shop';

/** The shop that comes with the project. */
export const samplePlan: ShopPlan = { seed: 20_261_121, customers: 40, orders: 80 };
