import { graphOf } from '../../src/client/graph';
import { runView, stepView } from './views';

describe('the graph of a run', () => {
  function arrowsOf(...steps: Parameters<typeof runView>[0]): string[] {
    return graphOf(runView(steps))
      .split('\n')
      .filter((line) => line.includes('->'))
      .map((line) => line.trim());
  }

  it('has no arrows when nothing ran', () => {
    expect(arrowsOf()).toEqual([]);
  });

  it('leads from each step to those asked after its end, past no step in between', () => {
    const steps = [stepView('read-1', [0, 10]), stepView('extract-1', [10, 20]), stepView('assess-1', [20, 30])];
    expect(arrowsOf(...steps)).toEqual(['read_1 --> extract_1', 'extract_1 --> assess_1']);
  });

  it('joins what ran side by side', () => {
    const steps = [
      stepView('read-1', [0, 10]),
      stepView('terms-1', [10, 25]),
      stepView('compare-1', [10, 20]),
      stepView('assess-1', [25, 30]),
    ];
    expect(arrowsOf(...steps)).toEqual([
      'read_1 --> terms_1',
      'read_1 --> compare_1',
      'terms_1 --> assess_1',
      'compare_1 --> assess_1',
    ]);
  });

  it('dots what the engine asked on behalf of a step', () => {
    const steps = [stepView('assess-1', [0, 30]), stepView('secondReader-1', [10, 20], { within: 'assess-1' })];
    expect(arrowsOf(...steps)).toEqual(['assess_1 -.-> secondReader_1']);
  });

  it('draws more than four steps of one name as one, which has failed when one of them has', () => {
    const five = [1, 2, 3, 4, 5].map((number) => stepView(`extract-${number}`, [0, 10 + number]));
    expect(graphOf(runView(five.slice(0, 4)))).toContain('extract_4');
    expect(graphOf(runView(five))).toContain('extract_1("extract × 5"):::answered');
    const failed = [...five.slice(0, 4), stepView('extract-5', [0, 9], { state: 'failed' })];
    expect(graphOf(runView(failed))).toContain('extract_1("extract × 5"):::failed');
  });

  it('draws what no longer counts as struck, with the reason and what was undone, apart from what counts', () => {
    const struck = { why: 'blamed', feedback: 'no', answerHash: '', by: 'ada' } as const;
    const effect = { effect: 'compensatable', tool: 'book', idempotencyKey: 'k', outcome: 'undone' } as const;
    const graph = graphOf(
      runView([
        stepView('book-1', [0, 10], { struck: { why: 'stale' }, effect }),
        stepView('extract-1', [0, 10], { struck }),
        ...[2, 3, 4, 5, 6].map((number) => stepView(`extract-${number}`, [0, 10 + number])),
      ]),
    );
    expect(graph).toContain('book_1("book-1<br/>stale<br/>effect undone"):::struck');
    expect(graph).toContain('extract_1("extract-1<br/>blamed"):::struck');
    expect(graph).toContain('extract_2("extract × 5"):::answered');
    expect(graph).toMatch(/^ {2}classDef struck /m);
    expect(graphOf(runView([stepView('book-1', [0, 10])]))).not.toContain('struck');
  });

  it('keeps what a step is about from being Mermaid', () => {
    const about = '"]; click x "javascript:alert(1)"<script>\n--> y[';
    const [line = ''] = graphOf(runView([stepView('read-1', [0, 1], { about })]))
      .split('\n')
      .filter((one) => one.includes('read_1'));
    expect(line).toMatch(/^ {2}read_1\("[^"[\]{}\n]*"\):::answered$/);
    expect(line.match(/</g)).toEqual(['<']);
  });
});
