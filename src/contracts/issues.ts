import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.cjs';

// Without a language, zod/mini says no more of any issue than “Invalid input”.
z.config(en());

/** How many issues of a value are named; the first ones explain the others. */
const issuesShownMax = 5;

/** The first few issues of a value that does not fit its schema, in one line: `parties.0.name: expected string`. */
export function issuesOf(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, issuesShownMax)
    .map(({ path, message }) => `${path.map(String).join('.') || 'value'}: ${message}`)
    .join('; ');
}
