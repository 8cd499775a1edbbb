import * as z from 'zod/mini';
import { shopOperations, type ShopArguments, type ShopOperation } from './shop-operations';

/** One operation of a case: its name, and its arguments as the table of operations fixes them. */
export type ShopOperationCall = {
  readonly [Operation in ShopOperation]: { readonly name: Operation; readonly arguments: ShopArguments<Operation> };
}[ShopOperation];

const names = Object.keys(shopOperations) as ShopOperation[]; // the keys of a literal are its type's keys

const calls = names.map((name) =>
  z.strictObject({ name: z.literal(name), arguments: shopOperations[name].arguments }),
) as unknown as [z.ZodMiniType<ShopOperationCall>]; // what a loop over the table loses: which arguments go with which name

/** An unknown name and a missing or extra argument do not fit; what fits may still be refused by the shop. */
export const ShopOperationCall = z.discriminatedUnion('name', calls as never, {
  error: `expected an operation with "name" and "arguments"; the operations are ${names.join(', ')}`,
}) as unknown as z.ZodMiniType<ShopOperationCall>; // the union of the calls above

/** The operations that change the shop; the others read, calculate, or hand a case over. */
export const shopWrites = [
  'cancel_pending_order',
  'modify_pending_order_address',
  'modify_pending_order_payment',
  'modify_pending_order_items',
  'return_delivered_order_items',
  'exchange_delivered_order_items',
  'modify_user_address',
] as const satisfies readonly ShopOperation[];

export type ShopWriteCall = Extract<ShopOperationCall, { readonly name: (typeof shopWrites)[number] }>;

/** Whether an operation changes the shop. */
export function isShopWrite(call: ShopOperationCall): call is ShopWriteCall {
  return (shopWrites as readonly ShopOperation[]).includes(call.name);
}

/** What an operation came to: its answer, or why it was refused. A refused operation changed nothing. */
export const OperationResult = z.union([
  z.strictObject({ name: z.enum(names), answer: z.json() }),
  z.strictObject({
    name: z.enum(names),
    refusal: z.strictObject({ reason: z.string(), message: z.string() }),
  }),
]);
export type OperationResult = z.infer<typeof OperationResult>;
