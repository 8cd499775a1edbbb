import type { History } from '@temporalio/common/lib/proto-utils';

/** A history as one text: its events as JSON, and after them every payload in it, decoded. */
export function historyText(history: History): string {
  const json = JSON.stringify(history);
  const decoded: string[] = [];
  JSON.parse(json, (key, value: unknown) => {
    if (key === 'data' && typeof value === 'string') decoded.push(Buffer.from(value, 'base64').toString('utf8'));
    return value;
  });
  return [json, ...decoded].join('\n');
}
