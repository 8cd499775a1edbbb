/**
 * Does several things at once. When one fails, its failure is thrown only once all of them are settled, so that what comes
 * next meets nothing that is still under way.
 *
 * @param onFailure is called at the first failure, to end the others. Must not throw
 */
export async function together<Result>(
  works: readonly (() => Promise<Result>)[],
  onFailure: () => void,
): Promise<Result[]> {
  const failures: unknown[] = [];
  const underWay = works.map(async (work) => {
    try {
      return await work();
    } catch (error) {
      if (failures.push(error) === 1) onFailure();
      throw error;
    }
  });
  await Promise.allSettled(underWay);
  if (failures.length > 0) throw failures[0];
  return Promise.all(underWay);
}
