import pc from 'picocolors';

/** Where a command speaks. Results go to standard output; everything said on the way goes to standard error. */
export interface Terminal {
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  /** Prints a result. */
  readonly print: (text: string) => void;
  /** Prints one JSON document. */
  printJson(value: unknown): void;
  /** Says something on the way. */
  readonly say: (text: string) => void;
  /** Shows where things stand, in place of what was shown before when that is possible. */
  show(status: string): void;
}

const showEveryMs = 2_000;

export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  let shown = '';
  let shownAt = 0;
  const clear = () => {
    if (shown !== '' && stderr.isTTY) stderr.write('\r\u001b[2K');
    shown = '';
  };
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    print(text) {
      clear();
      stdout.write(`${text}\n`);
    },
    printJson(value) {
      clear();
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    say(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    show(status) {
      if (status === shown) return;
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[2K${status.slice(0, Math.max(20, stderr.columns - 1))}`);
      } else {
        if (Date.now() - shownAt < showEveryMs) return;
        stderr.write(`${status}\n`);
      }
      shown = status;
      shownAt = Date.now();
    },
  };
}

/** Text from inputs and models, without the control characters that would move or colour a terminal. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are exactly what must not reach a terminal
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** A table of plain text: a bold head where there are colours, and columns as wide as they need. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => plain(cell).replace(/\s+/g, ' ')));
  const widths = head.map((_name, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [pc.bold(lines[0] ?? ''), ...lines.slice(1)].join('\n');
}
