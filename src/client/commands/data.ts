import { readFile } from 'node:fs/promises';
import { failure } from '../../contracts/failures';
import type { ShopSize } from '../../contracts/shop';
import { exitCodes } from '../exit-codes';
import { withShop } from '../with-shop';
import { jsonOption, type AddCommand } from './command';

interface LoadOptions {
  readonly from?: string;
  readonly json?: true;
}

/** `data load`, `data dump` and `data reset`: the shop that customer operations work on, as a whole. */
export const addData: AddCommand = (program, act) => {
  const data = program.command('data').description('load, dump or reset the shop that customer operations work on');
  data
    .command('load')
    .description('replace the shop and forget what was done to it; all of it or nothing')
    .option(
      '--from <file>',
      'the shop as JSON, or - for standard input (default: the shop that comes with the project)',
    )
    .option(...jsonOption)
    .action(
      act<LoadOptions>(async (context, _args, { from, json }) => {
        const text = await readShop(from ?? context.project.sampleShopFile);
        const size = await withShop(context, (shop) => shop.load(text));
        if (json === true) context.terminal.printJson(size);
        else context.terminal.print(`loaded: ${inWords(size)}`);
        return exitCodes.done;
      }),
    );
  data
    .command('dump')
    .description('print the shop as canonical JSON: keys sorted, no white space')
    .action(
      act(async (context) => {
        context.terminal.print(await withShop(context, (shop) => shop.dump()));
        return exitCodes.done;
      }),
    );
  data
    .command('reset')
    .description('bring the shop back to what was last loaded, and forget what was done to it')
    .option(...jsonOption)
    .action(
      act<LoadOptions>(async (context, _args, { json }) => {
        const size = await withShop(context, (shop) => shop.reset());
        if (json === true) context.terminal.printJson(size);
        else context.terminal.print(`reset: ${inWords(size)}`);
        return exitCodes.done;
      }),
    );
};

function inWords({ products, users, orders }: ShopSize): string {
  return `${products} products, ${users} customers, ${orders} orders`;
}

async function readShop(file: string): Promise<string> {
  try {
    const content = file === '-' ? await readStandardInput() : await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('InvalidInput', `The shop cannot be read: ${why}. Check --from.`, { file });
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer); // without an encoding it gives buffers
  return Buffer.concat(chunks);
}
