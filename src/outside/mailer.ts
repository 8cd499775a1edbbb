import * as z from 'zod/mini';
import { answeredKeys, idOf } from './answered-keys';
import { fitting } from './fitting';
import { inTurn } from './in-turn';
import { serveApi, type Answer, type ServedApi, type SystemOptions } from './json-api';
import { openKeptLines } from './kept-lines';
import { Refusal } from './refusal';

/** A line end in an address or a subject would begin a header of its own. */
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;

/** What is posted to have a message sent. */
const NewMessage = z.strictObject({
  to: z.email().check(z.maxLength(254), z.regex(oneLine)),
  subject: z.string().check(z.maxLength(200), z.regex(oneLine, 'expected one line')),
  body: z.string().check(z.minLength(1), z.maxLength(10_000), z.regex(/^[^\0]*$/, 'expected text without NUL')),
});
type NewMessage = z.infer<typeof NewMessage>;
type Message = NewMessage & { readonly id: string };

const MessageLine = z.strictObject({ did: z.literal('send'), key: z.string(), message: NewMessage });
type MessageLine = z.infer<typeof MessageLine>;

/**
 * Starts a mailer for development and tests: it takes messages and keeps them instead of sending them out. It speaks
 * JSON:
 *
 * - `POST /v1/messages` `{to, subject, body}`: sends a message, for good, 201 `{id, …}`
 * - `GET /v1/keys/{key}`: what was sent under the key, 200 `{message}`, or 404
 * - `GET /v1/messages`: all that was sent, 200 `{messages}`
 *
 * Keys are as those of the payment provider. A malformed address, or a line end in an address or subject, is refused.
 *
 * @throws `PortOccupied`, `DataFolderUnusable`
 */
export async function startMailer({ file, port, onTrouble }: SystemOptions): Promise<ServedApi> {
  const keys = answeredKeys();
  const messages = new Map<string, Message>();
  const enter = ({ key, message }: MessageLine) => {
    const sent = { id: idOf('msg', key), ...message };
    messages.set(key, sent);
    keys.keep(key, message, sent);
  };
  const lines = await openKeptLines({ file, schema: MessageLine, onLine: enter });
  const oneByOne = inTurn();

  // A look-up does not overtake what is being kept.
  const find = (key: string): Promise<Answer> =>
    oneByOne(() => {
      const message = messages.get(key);
      if (message === undefined) throw new Refusal(404, 'unknown_key', 'Nothing was sent under the key.');
      return { status: 200, body: { message } };
    });

  const api = await serveApi({
    ...{ port, onTrouble },
    routes: [
      {
        method: 'GET',
        path: '/v1/messages',
        answer: () => ({ status: 200, body: { messages: [...messages.values()].sort(inOrder) } }),
      },
      { method: 'GET', path: '/v1/keys/{key}', answer: ({ key }) => find(key) },
      {
        method: 'POST',
        path: '/v1/messages',
        answer({ key, body }) {
          const message = fitting(NewMessage, body);
          return oneByOne(async () => {
            const known = keys.replay(key, message);
            if (known !== undefined) return { status: 201, body: known, isReplay: true };
            const line: MessageLine = { did: 'send', key, message };
            await lines.append(line);
            enter(line);
            return { status: 201, body: messages.get(key) };
          });
        },
      },
    ],
  }).catch(async (error: unknown) => {
    await lines.close();
    throw error;
  });
  return {
    url: api.url,
    async close() {
      await api.close();
      await oneByOne(() => lines.close());
    },
  };
}

/** The order of what they say, not of when they came. */
function inOrder(one: Message, other: Message): number {
  const [a, b] = [one, other].map(({ to, subject, body, id }) => [to, subject, body, id].join('\n'));
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
