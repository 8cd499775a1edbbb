import type { Usage } from './usage';

/** What a child run asks of its parent's budget. */
export interface LeaseRequest {
  /** What it has spent or reserved; it has laid down the rest of what it was given. */
  readonly held: Usage;
  /** What it needs beside for a call. */
  readonly needs: Usage;
}
