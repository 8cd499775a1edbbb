import { failure, type Failure } from '../../contracts/failures';

/** Why a document cannot be read: the `reason` in the details of a `DocumentUnreadable` failure. */
export type UnreadableReason =
  | 'empty'
  | 'tooLarge'
  | 'tooLong'
  | 'tooManyPages'
  | 'encrypted'
  | 'scanned'
  | 'corrupt'
  | 'notText'
  | 'unsupportedFormat';

/** Makes the refusal of a document. The message names the document, and ends in what to do about it. */
export function documentUnreadable(
  name: string,
  reason: UnreadableReason,
  { found, remedy }: { readonly found: string; readonly remedy: string },
): Failure {
  return failure('DocumentUnreadable', `Cannot read "${name}": ${found} ${remedy}`, { name, reason });
}
