import type { Comparison, RiskAssessment } from '../../../contracts/risk';

/**
 * What a statement claims that does not stand in its sources: words in quotation marks, dates, and figures, whether
 * written in digits or in words. Each is described so that it can be found in the statement.
 */
export function inventedIn(statement: string, sources: readonly string[]): string[] {
  const { quotations, rest } = takeQuotations(statement);
  const squeezedSources = sources.map(squeeze);
  const misquoted = quotations.filter((quotation) => {
    const words = squeeze(quotation.replace(/^\s*…|…\s*$/g, ''));
    return words !== '' && !squeezedSources.some((source) => source.includes(words));
  });
  const knownDates = new Set(sources.flatMap((source) => datesIn(source).map(({ iso }) => iso)));
  const dates = datesIn(rest);
  const undated = dates.reduce((text, { written }) => text.replace(written, ' '), rest);
  const knownFigures = new Set(sources.flatMap((source) => figuresIn(source).map(({ value }) => value)));
  return [
    ...misquoted.map((quotation) => `the quotation “${quotation.slice(0, 120)}”`),
    ...dates.filter(({ iso }) => !knownDates.has(iso)).map(({ written }) => `the date ${written}`),
    ...figuresIn(undated)
      .filter(({ value }) => !knownFigures.has(value))
      .map(({ written }) => `the figure ${written}`),
  ];
}

const counted = /\b(\d+)\s+(?:of\s+)?(deal-breaker|high|medium|low|risk|gap)s?\b/gi;

/** What the summary miscounts, and the figures in it that count nothing. */
export function miscountedIn({ summary, risks, gaps }: RiskAssessment, comparisons: readonly Comparison[]): string[] {
  const severity = (name: string): number => risks.filter((risk) => risk.severity === name).length;
  const counts: Readonly<Record<string, number>> = {
    'deal-breaker': severity('dealBreaker'),
    high: severity('high'),
    medium: severity('medium'),
    low: severity('low'),
    risk: risks.length,
    gap: gaps.length,
  };
  const wrong = [...summary.matchAll(counted)].flatMap(([written, figure, of = '']) => {
    const right = counts[of.toLowerCase()];
    return Number(figure) === right ? [] : [`it says “${written}”, but there are ${right ?? 0}`];
  });
  const standings = comparisons.map(({ standing }) => standing);
  const known = new Set([
    comparisons.length,
    ...standings.map((standing) => standings.filter((other) => other === standing).length),
  ]);
  const sources = [...risks, ...gaps].map(({ statement }) => statement);
  const other = inventedIn(summary.replace(counted, ' '), [...sources, [...known].join(' ')]);
  return [...wrong, ...other.map((fact) => `${fact} counts nothing here`)];
}

function takeQuotations(text: string): { readonly quotations: readonly string[]; readonly rest: string } {
  const quotations: string[] = [];
  let rest = '';
  let depth = 0;
  let words = '';
  for (const character of text) {
    if (character === '“' && depth++ === 0) continue;
    if (character === '”' && depth > 0 && --depth === 0) {
      quotations.push(words);
      words = '';
      rest += ' ';
    } else if (depth > 0) words += character;
    else rest += character;
  }
  rest += words;
  const withoutStraight = rest.replace(/"([^"]+)"/g, (_match, inner: string) => {
    quotations.push(inner);
    return ' ';
  });
  return { quotations, rest: withoutStraight };
}

const months = 'january february march april may june july august september october november december'.split(' ');
const monthNames = months.join('|');
const writtenDate = new RegExp(
  String.raw`\b(?:(\d{4})-(\d{2})-(\d{2})|(${monthNames})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})|(\d{1,2})(?:st|nd|rd|th)?(?:\s+day\s+of)?\s+(${monthNames}),?\s+(\d{4}))\b`,
  'gi',
);

function datesIn(text: string): { readonly written: string; readonly iso: string }[] {
  return [...text.matchAll(writtenDate)].map(([written, y, m, d, usMonth, usDay, usYear, day, month, year]) => {
    const name = (usMonth ?? month ?? '').toLowerCase();
    const number = m === undefined ? months.indexOf(name) + 1 : Number(m);
    return { written, iso: [y ?? usYear ?? year, number, Number(d ?? usDay ?? day)].join('-') };
  });
}

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';
const valueOf = new Map([
  ...units.split(' ').map((name, index) => [name, index] as const),
  ...tens.split(' ').map((name, index) => [name, (index + 2) * 10] as const),
]);
const named = `(?:${[...valueOf.keys()].join('|')}|hundred|thousand|million)`;
const figure = new RegExp(String.raw`\d+(?:[.,]\d+)*|\b${named}(?:(?:[\s-]+|\s+and\s+)${named})*\b`, 'gi');

function figuresIn(text: string): { readonly written: string; readonly value: string }[] {
  return [...text.matchAll(figure)]
    .map(([written]) => ({ written, value: /^\d/.test(written) ? digits(written) : spelledOut(written) }))
    .filter(({ written }) => !/^(?:zero|one)$/i.test(written));
}

function digits(written: string): string {
  const plain = written.replace(/,(?=\d{3}\b)/g, '');
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain;
}

function spelledOut(written: string): string {
  let total = 0;
  let current = 0;
  for (const part of written.toLowerCase().split(/[\s-]+/)) {
    if (part === 'hundred') current = Math.max(1, current) * 100;
    else if (part === 'thousand' || part === 'million') {
      total += Math.max(1, current) * (part === 'thousand' ? 1_000 : 1_000_000);
      current = 0;
    } else current += valueOf.get(part) ?? 0;
  }
  return String(total + current);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
