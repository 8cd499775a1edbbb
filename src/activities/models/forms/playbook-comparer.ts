import * as z from 'zod/mini';
import type { playbookComparer as agent } from '../../../agents/playbook-comparer';
import { clauseCategories, type ClauseCategory, type ClauseFinding } from '../../../contracts/clause';
import type { PlaybookEntry, PlaybookTest } from '../../../contracts/playbook';
import type { Comparison } from '../../../contracts/risk';
import type { AgentForm, FormContext } from '../agent-form';
import { readText } from '../read-text';
import { excerpt } from '../review/excerpt';
import { parsePlaybook } from '../review/read-playbook';
import { faultsOfIds, feedbackOf, idsBytesMax, taskOn } from './answered-ids';
import { fitItems, type FittedPart } from './fit-items';
import { roomFor } from './part-room';

/** So many in a part: its answer then fits the agent's limit on output tokens. */
const itemsMax = 20;
const Standings = z.strictObject({
  standings: z.array(
    z.strictObject({
      c: z.string(),
      is: z.enum(['dealBreaker', 'meetsPosition', 'meetsFallback', 'deviates', 'missing']),
    }),
  ),
});

type Input = Parameters<AgentForm<typeof agent>['open']>[0];

/** The model says of each category which tests hold; the playbook's words, advice and the citations come from code. */
export const playbookComparer: AgentForm<typeof agent, typeof Standings> = {
  writes: Standings,
  async open(input, context) {
    const parts = await partsOf(input, context);
    return parts.map(({ material, items }) => ({ material, task: taskOn(task, items) }));
  },
  async faultOf({ part, value: { standings } }, input, context) {
    const asked = (await partsOf(input, context))[part]?.items ?? [];
    const faults = faultsOfIds(
      standings.map(({ c }) => c),
      asked.map(({ id }) => id),
    );
    const unfounded = standings.flatMap(({ c, is }) => {
      const entry = asked.find(({ id }) => id === c)?.entry;
      const lacksWords =
        (is === 'dealBreaker' && entry?.dealBreaker === undefined) ||
        (is === 'meetsFallback' && entry?.fallback === undefined);
      return entry !== undefined && lacksWords ? [`${c}: the playbook names no ${is} for it`] : [];
    });
    return feedbackOf('These standings are wrong.', [...faults, ...unfounded]);
  },
  async join(written, input, context) {
    const asked = (await partsOf(input, context)).flatMap(({ items }) => items);
    const standings = new Map(written.flatMap(({ standings: some }) => some.map(({ c, is }) => [c, is] as const)));
    return lookedFor(input.findings).flatMap((category): Comparison[] => {
      const citations = citationsOf(input.findings, category);
      const own = asked.find(({ entry }) => entry.category === category);
      if (own === undefined) {
        return [{ category, standing: 'notInPlaybook', severity: null, position: '', advice: '', citations }];
      }
      const standing = standings.get(own.id);
      return standing === undefined ? [] : [comparisonOf(own.entry, standing, citations)];
    });
  },
};

const task = [
  'Say for each category above (C1, C2, …) how its quotes stand. Try the tests in this order and take the first whose',
  'tests all hold: dealBreaker, meetsPosition, meetsFallback. If none holds: deviates when there are quotes, missing',
  'when there are none.',
  'Answer with JSON that has one key, "standings": a list with one entry for each category, with the keys "c", its id,',
  'and "is", its standing: {"standings": [{"c": "C1", "is": "deviates"}]}. Without categories: {"standings": []}.',
].join('\n');

interface Asked {
  readonly id: string;
  readonly entry: PlaybookEntry;
  readonly quotes: readonly string[];
}

async function partsOf({ findings, playbook }: Input, context: FormContext): Promise<FittedPart<Asked>[]> {
  const { entries } = parsePlaybook(await readText(context.artifacts, playbook));
  const asked = lookedFor(findings)
    .flatMap((category) => entries.filter((entry) => entry.category === category))
    .map((entry, index) => ({
      id: `C${index + 1}`,
      entry,
      quotes: citationsOf(findings, entry.category).map(({ quote }) => quote),
    }));
  return fitItems(asked, show, {
    bytesMax: roomFor(context.openingBytesMax, Buffer.byteLength(task) + idsBytesMax),
    itemsMax,
  });
}

function show({ id, entry, quotes }: Asked, charactersMax: number): string {
  const { category, dealBreakerTests, positionTests, fallbackTests } = entry;
  return [
    `${id} ${category}`,
    ...(dealBreakerTests === undefined ? [] : [`dealBreaker: ${worded(dealBreakerTests)}`]),
    `meetsPosition: ${worded(positionTests)}`,
    ...(fallbackTests === undefined ? [] : [`meetsFallback: ${worded(fallbackTests)}`]),
    ...(quotes.length === 0 ? ['quotes: none'] : ['quotes:']),
    ...quotes.map((quote) => `- ${excerpt(quote, { charactersMax }).replace(/\s+/g, ' ')}`),
  ].join('\n');
}

function worded(tests: readonly PlaybookTest[]): string {
  return tests.map(wordsOf).join('; and ');
}

function wordsOf(test: PlaybookTest): string {
  switch (test.test) {
    case 'present':
      return 'there is a quote';
    case 'absent':
      return 'there is no quote';
    case 'mentions':
      return `a quote has the words ${test.anyOf.join(' | ')}`;
    case 'avoids':
      return `no quote has the words ${test.anyOf.join(' | ')}`;
    case 'daysAtMost':
      return `every period in the quotes is at most ${test.days} days`;
    case 'daysAtLeast':
      return `every period in the quotes is at least ${test.days} days`;
  }
}

function lookedFor(findings: readonly ClauseFinding[]): ClauseCategory[] {
  return clauseCategories.filter((category) => findings.some((finding) => finding.category === category));
}

function citationsOf(findings: readonly ClauseFinding[], category: ClauseCategory): Comparison['citations'] {
  const clauses = findings.flatMap((finding) => (finding.category === category ? finding.clauses : []));
  const distinct = new Map(clauses.map(({ quote, anchor }) => [`${anchor}\n${quote}`, { quote, anchor }]));
  return [...distinct.values()];
}

function comparisonOf(
  entry: PlaybookEntry,
  standing: Comparison['standing'],
  citations: Comparison['citations'],
): Comparison {
  const { category, severity, advice, position, fallback, dealBreaker } = entry;
  const own: Partial<Record<Comparison['standing'], string | undefined>> = { dealBreaker, meetsFallback: fallback };
  return { category, standing, severity, position: own[standing] ?? position, advice, citations };
}
