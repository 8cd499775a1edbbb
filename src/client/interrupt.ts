/** Aborts at the first Ctrl-C or termination signal, of whichever kind. The next one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

/** Settles as `work` does, or rejects when it is interrupted first; then nobody waits for `work` any more. */
export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const interrupted = new Promise<never>((_resolve, reject) => {
    const refuse = () => {
      reject(signal.reason as Error); // abort() was called without a reason, which makes it an AbortError
    };
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    over.abort();
  }
}
