import * as z from 'zod/mini';
import { answerIn, askSystem, findByKey, refusalOf, type OutsideSystem } from './ask-system';

/** A message in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** The mailer. It fails as the payment provider does. */
export interface Mailer {
  /** Sends a message, once per key and for good. @returns its id */
  send(mail: Mail, idempotencyKey: string): Promise<string>;
  /** The id of what was sent under a key. */
  find(idempotencyKey: string): Promise<string | undefined>;
}

const MessageReply = z.object({ id: z.string() });

/** Speaks to the mailer at an address; without one, every call is refused. */
export function mailer(url: string | undefined, timeoutMs?: number): Mailer {
  const system: OutsideSystem = { name: 'mailer', url, variable: 'COUNTERPOINT_MAILER_URL', timeoutMs };
  return {
    async send({ to, subject, body }, idempotencyKey) {
      const message = { to, subject, body };
      const reply = await askSystem(system, { method: 'POST', path: '/v1/messages', idempotencyKey, body: message });
      if (!reply.isDone) throw refusalOf(system, reply, idempotencyKey);
      return answerIn(system, MessageReply, reply.body).id;
    },
    find: async (idempotencyKey) =>
      (await findByKey(system, z.object({ message: MessageReply }), idempotencyKey))?.message.id,
  };
}
