import type { Clause, Contract } from '../../contracts/clause';
import type { RuleContext } from './rule';
import type { Verdict } from '../../contracts/verdict';

/** How many wrong quotes the feedback names. */
const namedMax = 5;

/** Every quote stands in the contract word for word, white space aside. */
export async function quotesAreVerbatim(
  output: { readonly clauses: readonly Pick<Clause, 'quote'>[] },
  { input, artifacts }: RuleContext<{ readonly contract: Contract }>,
): Promise<Verdict> {
  const text = Buffer.from(await artifacts.get(input.contract.text)).toString('utf8');
  const contract = withoutSpace(text);
  const wrong = output.clauses.filter(({ quote }) => quote.trim() === '' || !contract.includes(withoutSpace(quote)));
  if (wrong.length === 0) return { verdict: 'accept' };
  const named = wrong.slice(0, namedMax).map(({ quote }) => `“${quote.slice(0, 200)}”`);
  return {
    verdict: 'retry',
    feedback: `${wrong.length} of ${output.clauses.length} quotes do not stand in the contract word for word: ${named.join('; ')}`,
  };
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
