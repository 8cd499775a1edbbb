import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.cjs';

// Without a language, zod/mini says no more of any issue than “Invalid input”.
z.config(en());

/** How many issues of a value are named; the first ones explain the others. */
const issuesShownMax = 5;
/** What zod says of alternatives, unless their schema says it better. */
const unsaid = 'Invalid input';
/** How many alternatives of a value are named, each by its first issue. */
const alternativesShownMax = 4;

/** The first few issues of a value that does not fit its schema, in one line: `parties.0.name: expected string`. */
export function issuesOf(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, issuesShownMax)
    .map((issue) => `${placeOf(issue, 'value')}: ${messageOf(issue)}`)
    .join('; ');
}

function placeOf({ path }: z.core.$ZodIssue, root: string): string {
  return path.map(String).join('.') || root;
}

/** Of a key, and of alternatives, zod says only that they do not fit: why stands within. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => message).join(', ');
  if (issue.code !== 'invalid_union' || issue.message !== unsaid) return issue.message;
  const firsts = issue.errors.flatMap(([first]) => (first === undefined ? [] : [first]));
  if (firsts.length === 0) return issue.message;
  const alternatives = firsts
    .slice(0, alternativesShownMax)
    .map((first) => [placeOf(first, ''), first.message].filter((part) => part !== '').join(': '));
  return `fits no alternative (${alternatives.join(' / ')})`;
}
