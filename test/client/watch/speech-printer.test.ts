import { speechPrinter } from '../../../src/client/watch/speech-printer';
import type { Speaker, SpeechEvent } from '../../../src/contracts/speech';
import { speakerIn } from './speakers';

/** A printer whose clock the test turns, and what it printed: `[…]` for what the command itself says. */
function printing() {
  const out = { text: '' };
  const clock = { nowMs: 0 };
  const terminal = {
    say: (line: string) => (out.text += `[${line}]`),
    speak: (text: string) => (out.text += text),
  };
  const print = speechPrinter(terminal, 'review', () => clock.nowMs);
  const text = (speaker: Speaker, said: string) => {
    print({ event: 'text', speaker, text: said });
  };
  const over = (speaker: Speaker) => {
    print({ event: 'over', speaker });
  };
  return {
    out,
    clock,
    print: (event: SpeechEvent) => {
      print(event);
    },
    text,
    over,
  };
}

const [a, b, c] = ['a-1', 'b-1', 'c-1'].map((step) =>
  speakerIn('review', { step, call: step, agent: step.slice(0, 1) }),
);

describe('what models say, as it is printed,', () => {
  it('says how much was dropped, and goes on', () => {
    const { out, print, text } = printing();
    text(a!, 'one');
    print({ event: 'lost', characters: 12 });
    text(a!, 'two\n');
    expect(out.text).toBe('[a-1 · small]one[(12 characters were not shown)]two\n');
  });

  it('says who speaks once, for as long as nobody else does', () => {
    const { out, text, over } = printing();
    text(a!, 'one ');
    text(a!, 'two');
    over(a!);
    expect(out.text).toBe('[a-1 · small]one two\n');
  });

  it('is one speaker at a time: the others are shown whole when it is over, in the order in which they began', () => {
    const { out, text, over } = printing();
    text(a!, 'a1');
    text(b!, 'b1');
    text(c!, 'c1');
    text(b!, 'b2');
    over(b!);
    text(a!, 'a2');
    over(a!);
    text(c!, 'c2');
    expect(out.text).toBe('[a-1 · small]a1a2\n[b-1 · small]b1b2\n[c-1 · small]c1c2');
  });

  it('passes to another when the speaker is silent for long, and back', () => {
    const { out, clock, text, over } = printing();
    text(a!, 'a1');
    clock.nowMs = 2_000;
    text(b!, 'b1');
    text(a!, 'a2');
    over(b!);
    expect(out.text).toBe('[a-1 · small]a1\n[b-1 · small]b1\n[a-1 · small]a2');
  });

  it('is cut where a speaker that waits says too much', () => {
    const { out, text, over } = printing();
    text(a!, 'a');
    for (let times = 0; times < 100; times += 1) text(b!, 'b'.repeat(1_024));
    over(a!);
    expect(out.text.split('b').length - 1).toBe(64 * 1024 + 1);
    expect(out.text).toContain('(the rest is not shown)');
  });

  it('names a child’s run, the agent that stands in, the part, a summary, and a call that is tried again', () => {
    const { out, text, over } = printing();
    const speakers = [
      speakerIn('review.check-1', { call: '1' }),
      speakerIn('review', { call: '2', agent: 'understudy' }),
      speakerIn('review', { call: '3', part: 3, doing: 'summary', attempt: 2 }),
    ];
    for (const speaker of speakers) {
      text(speaker, '\n');
      over(speaker);
    }
    expect(out.text).toBe(
      '[check-1 › writer-1 · small]\n[writer-1 (understudy) · small]\n' +
        '[writer-1 part 3 · small · summary of the conversation · try 2]\n',
    );
  });
});
