import { failure } from '../../../contracts/failures';

/** Less than this many bytes of material in a part is no work for a model. */
const materialBytesMin = 500;

/**
 * The bytes that a part's material may have, when so many of its opening are taken by the rest.
 *
 * @throws `ContextTooLong` when too little is left for any work
 */
export function roomFor(openingBytesMax: number, takenBytes: number): number {
  const room = openingBytesMax - takenBytes;
  if (room >= materialBytesMin) return room;
  throw failure(
    'ContextTooLong',
    `A part's opening may have ${openingBytesMax} bytes, of which ${takenBytes} are for the task: expected at least ${materialBytesMin} more for its material. Use a model with a longer context, or lower the agent's limit on output tokens.`,
    { openingBytesMax, takenBytes },
  );
}
