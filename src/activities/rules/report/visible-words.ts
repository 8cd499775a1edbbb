/** The words that a reader of HTML sees, in lower case; pictures aside, whose words repeat others. */
export function wordsOfHtml(html: string): string {
  const text = html
    .replace(/<(style|svg)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => characters[name] ?? ' ');
  return plainWords(text);
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The words that a reader of Markdown sees, in lower case: without the targets of links and the marks. */
export function wordsOfMarkdown(markdown: string): string {
  return plainWords(markdown.replace(/\]\(#[^)]*\)/g, '] '));
}

/** Words and figures alone, in lower case, with one space between. */
export function plainWords(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').toLowerCase();
}
