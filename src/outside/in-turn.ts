/** Does work one after the other, in the order in which it was asked for; one that fails does not stop the next. */
export function inTurn(): <Result>(work: () => Promise<Result> | Result) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
