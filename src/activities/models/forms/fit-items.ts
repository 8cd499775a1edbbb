import { failure } from '../../../contracts/failures';

/** How many characters of each of its texts an item may show, the most first: less when it is too long for a part. */
const charactersMaxSteps = [4_000, 1_500, 600, 250, 100] as const;
const separator = '\n\n';

/** Items that are put before a model together, as they are shown. */
export interface FittedPart<Item> {
  readonly items: readonly Item[];
  readonly material: string;
}

/** What a part has room for: bytes of material, and items that an answer must say something of. */
export interface PartRoom {
  readonly bytesMax: number;
  readonly itemsMax: number;
}

/**
 * Puts items into as few parts as hold them in order, each within the room of a part. An item that is too long for
 * a part shows less of its texts. Without items there is one part with no material.
 *
 * @throws `ContextTooLong` when an item does not fit even so
 */
export function fitItems<Item>(
  items: readonly Item[],
  show: (item: Item, charactersMax: number) => string,
  { bytesMax, itemsMax }: PartRoom,
): FittedPart<Item>[] {
  const parts: { items: Item[]; material: string }[] = [];
  for (const item of items) {
    const shown = shortened(item, show, bytesMax);
    const last = parts.at(-1);
    const together = last === undefined ? '' : `${last.material}${separator}${shown}`;
    if (last !== undefined && last.items.length < itemsMax && Buffer.byteLength(together) <= bytesMax) {
      last.items.push(item);
      last.material = together;
    } else parts.push({ items: [item], material: shown });
  }
  return parts.length === 0 ? [{ items: [], material: '' }] : parts;
}

function shortened<Item>(item: Item, show: (item: Item, charactersMax: number) => string, bytesMax: number): string {
  const shown = charactersMaxSteps.map((charactersMax) => show(item, charactersMax));
  const fitting = shown.find((text) => Buffer.byteLength(text) <= bytesMax);
  if (fitting !== undefined) return fitting;
  const bytes = Buffer.byteLength(shown.at(-1) ?? '');
  throw failure(
    'ContextTooLong',
    `A part's material may have ${bytesMax} bytes, one item of it has ${bytes}. Use a model with a longer context, or lower the agent's limit on output tokens.`,
    { bytesMax, bytes },
  );
}
