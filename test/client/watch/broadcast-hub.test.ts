import { broadcastHub } from '../../../src/client/watch/broadcast-hub';
import type { SpeechEvent } from '../../../src/contracts/speech';
import { speakerIn } from './speakers';

function hearing(hub: ReturnType<typeof broadcastHub>, runId: string) {
  const events: SpeechEvent[] = [];
  const stop = hub.watch({ runId, tell: (event) => events.push(event) });
  return { events, stop, text: () => events.map((event) => (event.event === 'text' ? event.text : '')).join('') };
}

describe('what models say', () => {
  it('is said to nobody where nobody watches, and kept no longer than its call', () => {
    const hub = broadcastHub();
    const speech = hub.begin(speakerIn('review'));
    speech.say('unheard');
    speech.end();
    expect(hearing(hub, 'review').events).toEqual([]);
  });

  it('is no longer heard by one who stopped, and still by the others', () => {
    const hub = broadcastHub();
    const [one, other] = [hearing(hub, 'review'), hearing(hub, 'review')];
    const speech = hub.begin(speakerIn('review'));
    speech.say('a');
    one.stop();
    speech.say('b');
    expect([one.text(), other.text()]).toEqual(['a', 'ab']);
  });

  it('is of one run and its children, and not of runs with similar ids', () => {
    const hub = broadcastHub();
    const { events } = hearing(hub, 'review');
    const runs = ['review', 'review.familyCheck-2', 'review.familyCheck-2.book-1', 'review.2', 'reviews', 'a.review'];
    for (const runId of runs) hub.begin(speakerIn(runId)).say(runId);
    expect(events.map((event) => (event.event === 'text' ? event.text : ''))).toEqual(runs.slice(0, 3));
  });

  it('is told from its beginning to one who comes in the middle of a call, and then as it comes', () => {
    const hub = broadcastHub();
    const speaker = speakerIn('review');
    const speech = hub.begin(speaker);
    speech.say('so ');
    speech.say('far');
    const { events } = hearing(hub, 'review');
    speech.say(', and more');
    speech.end();
    expect(events).toEqual([
      { event: 'text', speaker, text: 'so far' },
      { event: 'text', speaker, text: ', and more' },
      { event: 'over', speaker },
    ]);
  });

  it('is kept to a bound for those who come later, who are told how much is missing', () => {
    const hub = broadcastHub();
    const speech = hub.begin(speakerIn('review'));
    const said = Array.from({ length: 30_000 }, (_, index) => `${index} `).join('');
    for (let start = 0; start < said.length; start += 7) speech.say(said.slice(start, start + 7));
    const { events, text } = hearing(hub, 'review');
    const [lost] = events;
    expect(lost).toMatchObject({ event: 'lost' });
    const missing = lost?.event === 'lost' ? lost.characters : 0;
    expect(said.slice(missing)).toBe(text());
    expect(text().length).toBeGreaterThanOrEqual(32 * 1024);
    expect(text().length).toBeLessThanOrEqual(64 * 1024 + 7);
  });

  it('comes in pieces of bounded length, no character of which is cut in two', () => {
    const hub = broadcastHub();
    const { events, text } = hearing(hub, 'review');
    const said = `x${'😀'.repeat(20_000)}`;
    hub.begin(speakerIn('review')).say(said);
    expect(text()).toBe(said);
    const pieces = events.flatMap((event) => (event.event === 'text' ? [event.text] : []));
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every((piece) => piece.length <= 16 * 1024 && !/^[\udc00-\udfff]/.test(piece))).toBe(true);
  });
});
