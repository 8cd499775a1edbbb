import { broadcastChats, speakerOf } from '../../../src/activities/models/broadcast-chat';
import type { Speaker } from '../../../src/contracts/speech';
import { startAsking, takeTurn, type Asking } from '../../support/asking-models';

const execution = { workflowId: 'review', runId: 'e' };
const info = { activityId: 'writer-1.1.1.1', attempt: 1, workflowExecution: execution };
const speaker = speakerOf(info, { agent: 'writer', model: 'small' });
const written = { text: 'The tide comes in, and the tide goes out.' };

describe('a model that is watched', () => {
  let asking: Asking | undefined;
  afterEach(async () => {
    await asking?.close();
  });

  async function askingHeard(reply: Parameters<typeof startAsking>[0][number], say: (text: string) => void) {
    asking = await startAsking([reply]);
    const ended: Speaker[] = [];
    const begin = (begun: Speaker) => ({ say, end: () => ended.push(begun) });
    const { calling } = asking;
    const chatOf = broadcastChats((...asked) => calling.chatOf(...asked), { begin }, speaker);
    return { asking: { ...asking, calling: { ...calling, chatOf } }, ended };
  }

  it('is over when its call fails', async () => {
    const texts: string[] = [];
    const reply = { content: written, reset: 'midway' as const };
    const heard = await askingHeard(reply, (text) => texts.push(text));
    await expect(takeTurn(heard.asking)).rejects.toThrow('broke off');
    expect(JSON.stringify(written).startsWith(texts.join(''))).toBe(true);
    expect(heard.ended).toEqual([speaker]);
  });

  it('answers the same when whoever watches breaks', async () => {
    const heard = await askingHeard({ content: written }, () => {
      throw new Error('on purpose');
    });
    expect((await takeTurn(heard.asking)).decision).toMatchObject({ type: 'output', output: written });
  });

  it('is heard word by word, and all that it wrote', async () => {
    const texts: string[] = [];
    const heard = await askingHeard({ content: written }, (text) => texts.push(text));
    expect((await takeTurn(heard.asking)).decision).toMatchObject({ type: 'output', output: written });
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.join('')).toBe(JSON.stringify(written));
  });

  it('is known by the id of its call', () => {
    expect(speaker).toEqual({
      ...{ runId: 'review', call: 'writer-1.1.1.1', step: 'writer-1', agent: 'writer', model: 'small' },
      ...{ doing: 'answer', part: 1, attempt: 1 },
    });
    const named = (activityId: string) => speakerOf({ ...info, activityId, attempt: 3 }, speaker);
    expect(named('writer-12.2.41.compact-7')).toMatchObject({
      step: 'writer-12',
      part: 41,
      doing: 'summary',
      attempt: 3,
    });
    expect(named('other')).toMatchObject({ step: 'other', part: 1, doing: 'answer' });
  });
});
