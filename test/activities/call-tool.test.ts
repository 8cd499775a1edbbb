import { callTool } from '../../src/activities/call-tool';
import type { Services } from '../../src/activities/services';
import type { ToolDefinition } from '../../src/activities/tools/define-tool';
import { tools } from '../support/catalogue';

const services = {} as Services; // these tools use none
const idempotencyKey = 'k'.repeat(64);
const calling = (given: Record<string, unknown> = tools) => ({
  services,
  tools: given as Record<string, ToolDefinition>,
});

describe('calling a tool', () => {
  it.each([
    ['a tool that the worker does not have', { tool: 'erase', input: {} }, 'UnknownTool'],
    ['an input that does not fit', { tool: 'lookUp', input: { key: 7 } }, 'InvalidInput'],
    ['an input with a field too many', { tool: 'lookUp', input: { key: 'k', all: true } }, 'InvalidInput'],
  ])('is refused for %s', async (_what, call, type) => {
    await expect(callTool(calling(), { ...call, idempotencyKey })).rejects.toMatchObject({ type });
  });

  it('does nothing when the input does not fit', async () => {
    const execute = jest.fn();
    const call = { tool: 'lookUp', input: {}, idempotencyKey };
    await expect(callTool(calling({ lookUp: { ...tools.lookUp, execute } }), call)).rejects.toMatchObject({
      message: expect.stringContaining('key: ') as string,
    });
    expect(execute).not.toHaveBeenCalled();
  });

  it('refuses an answer that does not fit, since what comes after would build on it', async () => {
    const lookUp = { ...tools.lookUp, execute: () => Promise.resolve({ value: 7 }) };
    const answer = callTool(calling({ lookUp }), { tool: 'lookUp', input: { key: 'k' }, idempotencyKey });
    await expect(answer).rejects.toMatchObject({
      type: 'InvalidOutput',
      message: expect.stringContaining('value: ') as string,
    });
  });

  it('hands the tool the key of the effect', async () => {
    const answer = await callTool(calling(), { tool: 'book', input: { item: 'x' }, idempotencyKey });
    expect(answer).toEqual({ booking: 'x kkkkkkkk' });
  });
});
