import type { Chat, ChatAnswer, ChatRequest } from '../../../src/activities/models/chat';
import { inTurn } from '../../../src/activities/models/in-turn';

const answer: ChatAnswer = {
  ...{ text: '{}', requests: [], isTruncated: false },
  tokens: { input: 1, cachedInput: 0, output: 1 },
};

function request(signal = new AbortController().signal): ChatRequest {
  return { messages: [], tools: [], answer: { name: 'answer', schema: {} }, outputTokensMax: 1, signal };
}

/** A chat whose answers are given by hand, and what it was sent. */
function byHand() {
  const sent: { readonly request: ChatRequest; answer(): void; fail(): void }[] = [];
  const chat: Chat = (asked) =>
    new Promise((resolve, reject) => {
      sent.push({
        request: asked,
        answer() {
          resolve(answer);
        },
        fail() {
          reject(new Error('down'));
        },
      });
    });
  return { sent, chat };
}

/** Every turn that can be taken has been, once no promise is left to be continued. */
function turnsTaken(): Promise<void> {
  return new Promise(setImmediate);
}

it('gives the place of a request that failed to the next one', async () => {
  const { sent, chat } = byHand();
  const one = inTurn(chat, 1);
  const [first, second] = [one(request()), one(request())];
  await turnsTaken();
  sent[0]?.fail();
  await expect(first).rejects.toThrow('down');
  expect(sent).toHaveLength(2);
  sent[1]?.answer();
  expect(await second).toBe(answer);
});

it('never sends a request that is cancelled before its turn, and passes over it', async () => {
  const { sent, chat } = byHand();
  const one = inTurn(chat, 1);
  const cancelling = new AbortController();
  const [first, second, third] = [one(request()), one(request(cancelling.signal)), one(request())];
  await turnsTaken();
  cancelling.abort(new Error('no longer wanted'));
  await expect(second).rejects.toThrow('no longer wanted');
  await expect(one(request(cancelling.signal))).rejects.toThrow('no longer wanted');
  sent[0]?.answer();
  await first;
  await turnsTaken();
  sent[1]?.answer();
  expect(await third).toBe(answer);
  expect(sent).toHaveLength(2);
});

it('sends no more than so many at once, in the order in which they came', async () => {
  const { sent, chat } = byHand();
  const two = inTurn(chat, 2);
  const requests = Array.from({ length: 5 }, () => request());
  const answers = requests.map((one) => two(one));
  for (let answered = 0; answered < requests.length; answered += 1) {
    await turnsTaken();
    expect(sent.length - answered).toBe(Math.min(2, requests.length - answered));
    sent[answered]?.answer();
  }
  await Promise.all(answers);
  expect(sent.map((one) => one.request)).toEqual(requests);
});
