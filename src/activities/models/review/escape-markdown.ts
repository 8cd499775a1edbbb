/**
 * Text as one line of Markdown that shows it and does nothing else: no emphasis, link, image, heading, list, table
 * cell, HTML or automatic link.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~!$^@&]/g, String.raw`\$&`)
    .replace(/\b(https?|ftp|mailto|xmpp):/gi, String.raw`$1\:`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/^([-+=])/, String.raw`\$1`)
    .replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`);
}

const columnsMax = 100;

/**
 * Text as a code block inside a block quote: nothing in it is Markdown, so it stands there as it is, but for its line
 * breaks.
 */
export function quoteMarkdown(text: string): string {
  const lines = [''];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columnsMax) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `>     ${line}`).join('\n');
}
