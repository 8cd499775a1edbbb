/** Who recorded a history, and from where, is no part of it. */
export function withoutTraces(history: string): string {
  return history
    .replace(/("identity": )"[^"]*"/g, '$1"recorder"')
    .replace(/("stackTrace": )"(?:[^"\\]|\\.)*"/g, '$1""');
}
