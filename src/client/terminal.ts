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
  /**
   * Says a piece of a text of others as it comes, every line of it indented: nothing in it can pass for what the
   * command itself says.
   */
  speak(text: string): void;
  /** Shows where things stand, in place of what was shown before when that is possible; not in the middle of a text. */
  show(status: string): void;
}

const showEveryMs = 2_000;
const indent = '  ';

export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  for (const stream of [stdout, stderr]) {
    // Whoever read this has gone, as `head` does: what is said no longer matters, what is done does.
    stream.on('error', () => undefined);
  }
  let shown = '';
  let shownAt = 0;
  let isMidLine = false;
  const clear = () => {
    if (isMidLine) stderr.write('\n');
    isMidLine = false;
    if (shown !== '' && stderr.isTTY) stderr.write('\r\u001b[2K');
    shown = '';
  };
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    print(text) {
      clear();
      stdout.write(`${printable(text)}\n`);
    },
    printJson(value) {
      clear();
      stdout.write(`${safeJson(value)}\n`);
    },
    say(text) {
      clear();
      stderr.write(`${plain(text)}\n`);
    },
    speak(text) {
      const spoken = plain(text);
      if (spoken === '') return;
      if (!isMidLine) clear();
      stderr.write((isMidLine ? '' : indent) + spoken.replace(/\n(?=[^])/g, `\n${indent}`));
      isMidLine = !spoken.endsWith('\n');
    },
    show(text) {
      if (isMidLine) return;
      const status = oneLine(text);
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

// eslint-disable-next-line no-control-regex -- these are exactly what must not reach a terminal
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex -- bold, which `table` sets, is all that may be coloured
const bold = /(\u001b\[(?:1|22)m)/;

/** Text from inputs and models, without the control characters that would move or colour a terminal. */
export function plain(text: string): string {
  return text.replace(control, '');
}

/** Such text in one line: a name with a line break in it forges no second line. */
export function oneLine(text: string): string {
  return plain(text.replace(/\s+/g, ' '));
}

function printable(text: string): string {
  return text
    .split(bold)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');
}

/** JSON in which such characters are escaped: the value is the same, and a terminal that shows it is safe. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(control, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A table of plain text: a bold head where there are colours, and columns as wide as they need. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_name, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [pc.bold(lines[0] ?? ''), ...lines.slice(1)].join('\n');
}
