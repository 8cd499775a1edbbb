/** Everything that a run can change, one text a record, sorted; equal records stand there as often as there are. */
export type SystemsState = readonly string[];

/** The records that are in one state and not in another. */
export interface StateDifference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What leads from one state to another. */
export function differenceOf(before: SystemsState, after: SystemsState): StateDifference {
  return { removed: without(before, after), added: without(after, before) };
}

export function isSame({ removed, added }: StateDifference): boolean {
  return removed.length === 0 && added.length === 0;
}

/** A state after a change. What the change removes and the state does not have is passed over. */
export function afterChange(state: SystemsState, { removed, added }: StateDifference): SystemsState {
  return [...without(state, removed), ...added].sort();
}

function without(records: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return records.filter((record) => {
    const count = left.get(record) ?? 0;
    if (count > 0) left.set(record, count - 1);
    return count === 0;
  });
}
