/** What is wrong with a list of answers in which each id that was asked must stand once: one line for each fault. */
export function faultsOfIds(answered: readonly string[], asked: readonly string[]): string[] {
  const missing = asked.filter((id) => !answered.includes(id));
  const foreign = answered.filter((id) => !asked.includes(id));
  const repeated = answered.filter((id, index) => answered.indexOf(id) !== index);
  return [
    ...(missing.length === 0 ? [] : [`${listed(missing)}: not answered`]),
    ...(foreign.length === 0 ? [] : [`${listed(foreign)}: nobody asked for it; the ids are ${listed(asked)}`]),
    ...(repeated.length === 0 ? [] : [`${listed(repeated)}: answered more than once`]),
  ];
}

/** Bytes that a task needs beside its words to name so many ids as a part has. */
export const idsBytesMax = 200;

/** A task whose answer has an entry for each id: without them a small model stops after the one of the example. */
export function taskOn(task: string, items: readonly { readonly id: string }[]): string {
  return items.length === 0
    ? task
    : `${task}\nThe ids are ${items.map(({ id }) => id).join(', ')}; each must be answered.`;
}

const faultsNamedMax = 8;

/** Feedback for a model, or nothing without faults. */
export function feedbackOf(opening: string, faults: readonly string[]): string | undefined {
  if (faults.length === 0) return undefined;
  const more = faults.length > faultsNamedMax ? [`and ${faults.length - faultsNamedMax} more`] : [];
  return [opening, ...[...faults.slice(0, faultsNamedMax), ...more].map((fault) => `- ${fault}`)].join('\n');
}

function listed(ids: readonly string[]): string {
  return [...new Set(ids)].slice(0, 20).join(', ').slice(0, 300);
}
