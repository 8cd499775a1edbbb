import { chartOf } from '../../bench/report/chart';
import { comparisonOf } from '../../bench/report/comparison';
import { ratiosOf } from '../../bench/report/ratios';
import { spreadOf, type Row, type Summary } from '../../bench/report/summary';
import { tableOf } from '../../bench/report/table';

function row(system: string, wallMs: number, rest: Partial<Row> = {}): Row {
  return {
    ...{ system, server: 'lifted', work: 'chain', delayMs: 0, rounds: 1, wallMs: spreadOf([wallMs]) },
    ...{ runsPerSecond: 1_000 / wallMs, historyEventsPerStep: 6, historyBytesPerStep: 2_000 },
    ...{ historyBytes: 40_000, historyLongestEvents: 120 },
    ...rest,
  };
}

function summary(rows: readonly Row[], rest: Partial<Summary> = {}): Summary {
  return {
    ...{ measuredAt: '2026-01-02T03:04:05.000Z', rounds: 1, isQuick: false, gaps: [], rows },
    machine: { processor: 'one', cores: 2, memoryGb: 8, node: 'v20.3.0' },
    systems: ['floor', 'counterpoint'].map((system) => ({ system, about: `what ${system} is` })),
    ...rest,
  };
}

describe('the report of the benchmark', () => {
  it('takes the middle of an even number of measurements between the two in the middle', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
    expect(() => spreadOf([])).toThrow('at least one');
  });

  it('holds the project against each system that did the same work in the same way, and no other', () => {
    const rows = [
      row('counterpoint', 110),
      row('floor', 100),
      row('langgraph', 55),
      row('floor', 10, { work: 'fan-out' }),
      row('floor', 10, { delayMs: 50 }),
      row('floor', 10, { server: 'asItComes' }),
    ];
    expect(ratiosOf(rows).map(({ to, wall }) => [to, wall])).toEqual([
      ['floor', 1.1],
      ['langgraph', 2],
    ]);
  });

  it('leaves out a ratio whose figures a system does not tell', () => {
    const [ratios] = ratiosOf([row('counterpoint', 110, { workerCpuMsPerStep: 3 }), row('floor', 100)]);
    expect(ratios).not.toHaveProperty('workerCpu');
  });

  it('compares ratios with the committed ones, so that a slower machine is no slower project', () => {
    const recorded = summary([row('counterpoint', 110), row('floor', 100)]);
    const now = summary([row('counterpoint', 330), row('floor', 300)]);
    expect(comparisonOf(now, recorded)).toMatch(/chain 0 ms lifted, floor +1\.10 → 1\.10/);
  });

  it('compares nothing that was measured in small, or that is not among the committed results', () => {
    const recorded = summary([row('counterpoint', 110), row('floor', 100)]);
    expect(comparisonOf({ ...recorded, isQuick: true }, recorded)).toMatch(/in small is not compared/);
    expect(comparisonOf(summary([row('floor', 100)]), recorded)).toMatch(/nothing that was measured now/);
  });

  it('says in the table what a system was not measured for', () => {
    const gap = {
      system: 'langgraph',
      server: 'lifted',
      work: 'children',
      delayMs: 0,
      why: 'has no child runs',
    } as const;
    const missing = { system: 'openai-agents', about: 'a peer', missing: 'not installed' };
    const table = tableOf(summary([row('floor', 100)], { gaps: [gap], systems: [missing] }));
    expect(table).toContain('langgraph, children: has no child runs');
    expect(table).toContain('openai-agents: not installed');
  });

  it('says in the table which way the server was started', () => {
    const table = tableOf(summary([row('floor', 100), row('floor', 400, { server: 'asItComes' })]));
    expect(table).toContain('server with the queue limit lifted');
    expect(table).toContain('server as it comes');
  });

  it('draws a faster system to the left of the floor and a slower one to the right', () => {
    const chart = chartOf(summary([row('floor', 100), row('counterpoint', 200), row('langgraph', 50)]));
    const starts = [...chart.matchAll(/<rect x="(\d+)" y="\d+" width="(\d+)" height="10" fill="#\w+"\/><text/g)];
    const bars = starts.slice(-2).map(([, x, width]) => ({ x: Number(x), width: Number(width) }));
    expect(bars[1]!.x + bars[1]!.width).toBe(bars[0]!.x);
    expect(chart).toContain('>2.00</text>');
    expect(chart).toContain('>0.50</text>');
  });
});
