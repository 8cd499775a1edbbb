import { join } from 'node:path';
import type { StartOutside } from '../contracts/rehearsal';
import { startMailer } from './mailer';
import { startPaymentProvider } from './payment-provider';

/** Starts a payment provider and a mailer in this process, for systems that are thrown away. */
export const startOutside: StartOutside = async (folder) => {
  const onTrouble = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  };
  const options = { port: 0, onTrouble };
  const payments = await startPaymentProvider({ ...options, file: join(folder, 'refunds.jsonl') });
  const mails = await startMailer({ ...options, file: join(folder, 'messages.jsonl') });
  return {
    place: { paymentProviderUrl: payments.url, mailerUrl: mails.url },
    async close() {
      await Promise.all([payments.close(), mails.close()]);
    },
  };
};
