import * as z from 'zod/mini';
import { Report } from '../../contracts/contract-review';
import { defineTool } from './define-tool';

export const publishReport = defineTool({
  description: 'Write a report’s Markdown and HTML to the folder where people look for them.',
  effect: 'compensatable',
  input: z.strictObject({ report: Report, contract: z.string() }),
  output: z.strictObject({ markdownPath: z.string(), htmlPath: z.string() }),
  async execute({ report, contract }, { services: { artifacts, reports }, idempotencyKey }) {
    const [markdown, html] = await Promise.all([artifacts.get(report.markdown), artifacts.get(report.html)]);
    return reports.write(contract, { markdown, html }, idempotencyKey);
  },
  compensate: (_input, { services: { reports }, idempotencyKey }) => reports.withdraw(idempotencyKey),
  lookup: ({ services: { reports }, idempotencyKey }) => reports.find(idempotencyKey),
});
