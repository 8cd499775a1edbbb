/** What went wrong, in words, with the cause, in which `fetch` hides the reason. Works for errors of another realm. */
export function reasonOf(error: unknown): string {
  const message = textOf(error, 'message') ?? String(error);
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  const detail = textOf(cause, 'message') ?? '';
  const code = codeOf(cause) ?? '';
  // An address with several numbers fails with an empty message and a code.
  return detail === '' && code === '' ? message : `${message} (${detail === '' ? code : detail})`;
}

/** The code of a system error, `ENOENT` for one. */
export function codeOf(error: unknown): string | undefined {
  return textOf(error, 'code');
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const text: unknown = (value as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}
