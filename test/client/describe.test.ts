import { describeResult, describeRun, describeWaiting } from '../../src/client/describe';
import { describePreview } from '../../src/client/describe-rejection';
import { describeSpend } from '../../src/client/spend';
import { runView, stepView, waitingView } from './views';

const nothing = { undone: [], cannotBeUndone: [] };

describe('what people read of a run', () => {
  it('tells money in dollars, from micro-dollars', () => {
    expect(describeSpend({ calls: 3, tokens: 1_200, costMicroUsd: 4_520 })).toBe('3 calls, 1200 tokens, $0.0045');
  });

  it('lists each step with what it took, who tried, what it changed and why it failed', () => {
    const attempts = [{ by: 'extract/a', turnedDownBy: 'form' }, { by: 'extract/b' }];
    const text = describeRun(
      runView([
        stepView('extract-1', [0, 12], { about: 'Parties', attempts }),
        stepView('file-1', [12, 15], {
          effect: { effect: 'compensatable', tool: 'file', idempotencyKey: 'k', outcome: 'done' },
        }),
        stepView('publish-1', [15, 16], {
          state: 'failed',
          failure: { type: 'StepFailed', message: 'no room', details: {} },
        }),
      ]),
    );
    expect(text).toContain('review-1: contractReview 1.0.0, owned by legal-operations');
    expect(text).toContain('spent    2 calls, 12 tokens, $0.0034 of 300 calls, 1000 tokens, $2.00');
    expect(text).toMatch(/^extract-1 +Parties +answered +12 ms +extract\/a \(form\), extract\/b$/m);
    expect(text).toMatch(/^file-1 +answered +3 ms +compensatable, done$/m);
    expect(text).toMatch(/^publish-1 +failed: StepFailed +1 ms$/m);
  });

  it('says who decided each approval, what, and with which words', () => {
    const decided = { decision: 'approve', actor: 'ada', role: 'counsel', comment: 'Not\nforged', at: 5 } as const;
    const text = describeRun(
      runView([
        stepView('signOff-1', [0, 5], { kind: 'approval', decided }),
        stepView('signOff-2', [0, 5], { kind: 'approval', decided: { ...decided, decision: 'edit', comment: null } }),
        stepView('signOff-3', [0], { kind: 'approval' }),
      ]),
    );
    expect(text.match(/^decided .*$/gm)).toEqual([
      'decided  signOff-1, by ada: approve: Not forged',
      'decided  signOff-2, by ada: edit',
    ]);
  });

  it('says who spent what, which steps cost most, and what is left', () => {
    const usage = { tokens: 900, costMicroUsd: 2_500, calls: 2 };
    const spenders = [
      { by: 'writer/large', steps: 1, usage },
      { by: 'lookUp', steps: 1, usage: { tokens: 0, costMicroUsd: 0, calls: 1 } },
    ];
    const left = { tokens: 100, costMicroUsd: 1_997_500, calls: 297 };
    const steps = [stepView('lookUp-1', [0, 1]), stepView('writer-1', [1, 2], { usage })];
    const text = describeRun(runView(steps, { spenders, left }));
    expect(text).toContain('left     297 calls, 100 tokens, $1.9975');
    expect(text).toMatch(/^writer\/large +1 +2 +900 +\$0\.0025$/m);
    expect(text).toMatch(/^lookUp +1 +1 +0 +\$0\.0000$/m);
    expect(text).toMatch(/^writer-1 +2 +900 +\$0\.0025$/m);
    expect(describeRun(runView([stepView('lookUp-1', [0, 1])]))).not.toContain('spent by');
  });

  it('marks what no longer counts, says who blamed it and why, and what each effect came to', () => {
    const struck = { why: 'blamed', feedback: 'Too mild.\nforged', answerHash: '', by: 'ada' } as const;
    const effect = { effect: 'compensatable', tool: 'book', idempotencyKey: 'k' } as const;
    const text = describeRun(
      runView(
        [
          stepView('assess-1', [0, 12], { struck }),
          stepView('book-1', [12, 15], { struck: { why: 'stale' }, effect: { ...effect, outcome: 'undoneByHand' } }),
          stepView('family-1', [15, 20], { childEffects: [{ ...effect, step: 'family-1/book-1', outcome: 'done' }] }),
        ],
        { pass: 2, held: [{ name: 'publish', about: 'a.txt' }], heldBy: ['assess-2'] },
      ),
    );
    expect(text).toMatch(/^pass {5}2$/m);
    expect(text).toMatch(/^assess-1 +blamed, answered /m);
    expect(text).toMatch(/^book-1 +stale, answered +3 ms +compensatable, undone by hand$/m);
    expect(text).toMatch(/^family-1\/book-1 +book +compensatable, done$/m);
    expect(text).toContain('blamed   assess-1, by ada: Too mild. forged');
    expect(text).toContain('held     publish (a.txt), until assess-2 is done');
  });

  it('says of a waiting approval what to reject it undoes, newest first, and what cannot be undone', () => {
    const effect = { effect: 'compensatable', tool: 'book', idempotencyKey: 'k', outcome: 'done' } as const;
    const steps = [
      stepView('book-1', [0, 10], { effect }),
      stepView('book-2', [10, 20], { effect: { ...effect, outcome: 'undone' } }),
      stepView('pay-1', [20, 30], { effect: { ...effect, effect: 'pivot' } }),
      stepView('family-1', [30, 40], {
        childEffects: [
          { ...effect, step: 'family-1/book-1' },
          { ...effect, step: 'family-1/book-2', outcome: 'unknown' },
        ],
      }),
      stepView('publish-1', [40, 50], { effect: { ...effect, effect: 'retriable' } }),
      stepView('book-3', [50, 60], { effect, inherited: true }),
    ];
    const text = describeRun(runView(steps, { waiting: [waitingView()] }));
    expect(text).toContain('would undo family-1/book-2, family-1/book-1, book-1 (newest first).');
    expect(text).toMatch(/^book-3 .* compensatable, done by the other run$/m);
    expect(text).toContain('What could not be undone: pay-1.');
    expect(text).toContain('counterpoint preview review-1 --reject STEP');
  });

  it('says nothing of rejecting where a no means that an effect did not happen, or is not offered', () => {
    for (const offers of [
      ['edit', 'tryAgain', 'reject', 'reassign'],
      ['undoneByHand', 'tryAgain'],
    ] as const) {
      expect(describeWaiting('review-1', waitingView({ offers }), nothing)).not.toContain('preview');
    }
    expect(describeWaiting('review-1', waitingView(), nothing)).toContain('would undo nothing: no effect stands.');
  });

  it('lists what a rejection would come to', () => {
    const usage = { calls: 3, tokens: 0, costMicroUsd: 0 };
    const preview = { reject: 'extract-1', undone: ['book-2', 'book-1'], cannotBeUndone: [], usage };
    const text = describePreview({ ...preview, askedAgain: ['extract-1', 'book-1', 'book-2'] });
    expect(text).toContain('undo, newest first:  book-2, book-1\n');
    expect(text).toContain('cannot be undone:  nothing\n');
    expect(text).toContain('ask again (3):  extract-1, book-1, book-2\n');
    expect(text).toContain('throw away what cost  3 calls, 0 tokens, $0.0000\n');
  });

  it('says of a waiting step who decides what by when, and gives the command', () => {
    const text = describeWaiting('review-1', waitingView({ reminders: 2, escalated: true }), nothing);
    expect(text).toContain(
      'counsel must decide counselSignOff-1 (supply.txt) by 2026-11-23T00:00:00.000Z, escalated, reminded 2 times:',
    );
    expect(text).toContain('  recommendation: sign');
    expect(text).toContain(
      'Decide (approve, reject): counterpoint decide review-1 counselSignOff-1 --approve --as YOU --shown abababababab',
    );
  });

  it('gives the command of what is offered where there is nothing to approve', () => {
    const text = describeWaiting('review-1', waitingView({ offers: ['edit', 'reject', 'retry', 'reassign'] }), nothing);
    expect(text).toContain('counterpoint decide review-1 counselSignOff-1 --edit FILE --as YOU --shown abababababab');
    expect(text).not.toContain('--approve');
  });

  it('cuts a long subject and says how much is hidden', () => {
    const subject = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const text = describeWaiting('review-1', waitingView({ subject }), nothing);
    expect(text).toContain('… 40 more lines: counterpoint show review-1 --json');
    expect(text).not.toContain('line 60');
  });

  it('lets no name forge a second line', () => {
    const about = 'a.txt)\nDecide: counterpoint decide other --approve';
    expect(describeWaiting('review-1', waitingView({ about }), nothing).split('\n')[0]).toContain(
      'a.txt) Decide: counterpoint',
    );
  });

  it('lets no role and no reason forge a second line', () => {
    const role = 'counsel\noutcome  completed';
    expect(describeWaiting('review-1', waitingView({ role }), nothing).split('\n')[0]).toContain(
      'counsel outcome completed must',
    );
    const failure = { type: 'Rejected', message: 'no\noutcome  completed', details: {} } as const;
    const text = describeResult({ outcome: 'rejected', failure, effects: [], usage: runView([]).usage });
    expect(text.split('\n').at(-1)).toBe('reason   no outcome completed');
  });

  it.each(['rejected', 'rolledBack', 'outOfBudget'] as const)(
    'gives the reason of a run that ended as %s',
    (outcome) => {
      const failure = { type: 'Rejected', message: 'not like this', details: {} } as const;
      const text = describeResult({ outcome, failure, effects: [], usage: runView([]).usage });
      expect(text).toContain(`outcome  ${outcome}\n`);
      expect(text).toContain('reason   not like this');
    },
  );

  it('names the effects that stand when a run needs repair, and what was left out of a partial one', () => {
    const failure = { type: 'StepFailed', message: 'no answer', details: {} } as const;
    const { usage } = runView([]);
    expect(describeResult({ outcome: 'needsRepair', failure, effects: ['file-1', 'pay-1'], usage })).toContain(
      'effects that stand or may stand: file-1, pay-1',
    );
    const leftOut = [{ what: 'annex B', why: 'it is a scan' }];
    expect(
      describeResult({ outcome: 'completedPartially', value: { found: 1 }, leftOut, effects: [], usage }),
    ).toContain('left out annex B: it is a scan\nfound: 1');
  });
});
