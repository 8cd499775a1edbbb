import type { Comparison, Gap, Risk, RiskAssessment } from '../../../contracts/risk';

const charactersMax = 2_000;

const opening: Readonly<Record<RiskAssessment['recommendation'], string>> = {
  doNotSign: 'Do not sign this contract as it stands.',
  negotiate: 'Negotiate before signing.',
  sign: 'The contract can be signed: nothing that was found stands in the way.',
};

/** An assessment in plain words, with its counts. */
export function summarise(assessed: {
  readonly recommendation: RiskAssessment['recommendation'];
  readonly risks: readonly Risk[];
  readonly gaps: readonly Gap[];
  readonly comparisons: readonly Comparison[];
}): string {
  const { recommendation, risks, gaps, comparisons } = assessed;
  const worded = [
    ['dealBreaker', (amount: number) => count(amount, 'deal-breaker')],
    ['high', (amount: number) => `${amount} high`],
    ['medium', (amount: number) => `${amount} medium`],
    ['low', (amount: number) => `${amount} low`],
  ] as const;
  const breakdown = worded.flatMap(([severity, words]) => {
    const own = risks.filter((risk) => risk.severity === severity);
    return own.length === 0 ? [] : [words(own.length)];
  });
  const dealBreakers = risks.filter(({ severity }) => severity === 'dealBreaker');
  const high = risks.filter(({ severity }) => severity === 'high');
  const unjudged = comparisons.filter(({ standing }) => standing === 'notInPlaybook').length;
  const sentences = [
    opening[recommendation],
    risks.length === 0
      ? 'No risk was found.'
      : `The review found ${count(risks.length, 'risk')}: ${breakdown.join(', ')}.`,
    gaps.length === 0
      ? 'Nothing that the playbook asks for is missing.'
      : `It found ${count(gaps.length, 'gap')}, where the playbook asks for something that was not found: ${list(gaps)}.`,
    ...(dealBreakers.length > 0 ? [`What ends the talks: ${list(dealBreakers)}.`] : []),
    ...(high.length > 0 ? [`Most pressing to negotiate: ${list(high)}.`] : []),
    ...(unjudged > 0
      ? [`The playbook takes no position on ${count(unjudged, 'clause category', 'clause categories')}.`]
      : []),
  ];
  return sentences.join(' ').slice(0, charactersMax);
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

function list(about: readonly { readonly category: string }[]): string {
  return [...new Set(about.map(({ category }) => category))].join(', ');
}
