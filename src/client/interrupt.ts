/** Resolves at the first Ctrl-C or termination signal. A second one ends the process at once. */
export function untilInterrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(undefined);
      });
    }
  });
}

/** Aborts at the first Ctrl-C or termination signal. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  void untilInterrupted().then(() => {
    controller.abort();
  });
  return controller.signal;
}
