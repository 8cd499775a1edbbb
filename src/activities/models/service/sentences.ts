/**
 * The sentences of a message, each on one line without its end mark. What cannot be seen is taken out first, so that
 * nothing is hidden between letters.
 */
export function sentencesOf(message: string): string[] {
  const visible = message
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[^\P{Cc}\n\r]/gu, ' ')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"');
  return visible
    .split(/[\n\r\p{Zl}\p{Zp}]+|(?<=[.!?;])\s+|[.!?;]+$/u)
    .flatMap((part) => part.split(joints))
    .map((part) =>
      part
        .replaceAll(/\s+/g, ' ')
        .replace(/[\s.!;,:-]+$/, '')
        .trim(),
    )
    .filter((part) => part !== '');
}

/** Where one request ends and another begins within a sentence. */
const joints =
  /,?\s+(?:and|then|and then|also|and also)\s+(?=(?:please\s+|also\s+)?(?:cancel|return|exchange|swap|replace|change|update|ship|pay(?!\s+(?:the|any)\s+difference))\b)/iu;
