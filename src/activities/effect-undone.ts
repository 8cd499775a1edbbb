import { failure, type Failure } from '../contracts/failures';

/**
 * That a key is dead: what was done under it was undone, or its undo came first. Whoever still tries it is late, such
 * as a worker that was given up and lives on; a run that wants the effect again asks under another key.
 */
export function effectUndone(idempotencyKey: string): Failure {
  return failure(
    'EffectUndone',
    'What this idempotency key stands for was undone, so it is never done again. Ask anew, under another key.',
    { idempotencyKey },
  );
}
