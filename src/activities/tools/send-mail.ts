import * as z from 'zod/mini';
import { defineTool } from './define-tool';

/** A line end in an address or a subject would begin a header of its own. */
const oneLine = z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'expected one line of text');

export const sendMail = defineTool({
  description: 'Send a message in plain text to one address, which cannot be taken back.',
  effect: 'pivot',
  approvedBy: 'service-lead',
  input: z.strictObject({
    to: z.email().check(z.maxLength(254), oneLine),
    subject: z.string().check(z.maxLength(200), oneLine),
    body: z.string().check(z.minLength(1), z.maxLength(10_000), z.regex(/^[^\0]*$/, 'expected text without NUL')),
  }),
  output: z.strictObject({ messageId: z.string() }),
  execute: async (mail, { services, idempotencyKey }) => ({
    messageId: await services.mailer.send(mail, idempotencyKey),
  }),
  async lookup({ services, idempotencyKey }) {
    const messageId = await services.mailer.find(idempotencyKey);
    return messageId === undefined ? undefined : { messageId };
  },
});
