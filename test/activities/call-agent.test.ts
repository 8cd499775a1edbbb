import { callAgent, checkOutput, type AgentCalling } from '../../src/activities/call-agent';
import type { Model } from '../../src/activities/models/model';
import type { ArtifactStore } from '../../src/activities/stores/artifact-store';
import { agents, rules } from '../support/catalogue';

const noArtifacts: ArtifactStore = {
  put: () => Promise.reject(new Error('Nothing is stored here.')),
  get: () => Promise.reject(new Error('Nothing is stored here.')),
};
const usage = { tokens: 12, costMicroUsd: 3, calls: 1 };
const callingOf = (output: unknown, asked: unknown[] = []): AgentCalling => {
  const model: Model = (request) => {
    asked.push(request);
    return Promise.resolve({ output, usage });
  };
  return { agents, rules, artifacts: noArtifacts, modelOf: () => model };
};
const call = { agent: 'writer', model: 'code', input: { topic: 'tides' }, feedback: [], rules: ['mentionsTopic'] };

describe('calling an agent', () => {
  it.each([
    ['an agent that the worker does not have', { agent: 'poet' }, 'UnknownAgent'],
    ['an input that does not fit', { input: { topic: 7 } }, 'InvalidInput'],
    ['a rule that the worker does not have', { rules: ['isTrue'] }, 'UnknownAgent'],
  ])('is refused for %s', async (_what, change, type) => {
    await expect(callAgent(callingOf({ text: 'tides' }), { ...call, ...change })).rejects.toMatchObject({ type });
  });

  it('asks no model about an input that does not fit', async () => {
    const asked: unknown[] = [];
    await expect(callAgent(callingOf({}, asked), { ...call, input: {} })).rejects.toMatchObject({
      type: 'InvalidInput',
    });
    expect(asked).toEqual([]);
  });

  it('says exactly what does not fit the schema', async () => {
    expect(await callAgent(callingOf({ text: 7, tone: 'calm' }), call)).toEqual({
      usage,
      output: { text: 7, tone: 'calm' },
      gate: 'schema',
      verdict: {
        verdict: 'retry',
        feedback: expect.stringMatching(/text: .*expected string.*; value: .*"tone"/) as string,
      },
    });
  });

  it('gives the first word of a rule that is not accept', async () => {
    expect(await callAgent(callingOf({ text: 'the sea' }), call)).toMatchObject({
      gate: 'mentionsTopic',
      verdict: { verdict: 'retry', feedback: 'Mention tides.' },
    });
  });

  it('holds an output against the agent’s own rules, whatever the process names, each once', async () => {
    let judged = 0;
    const counted = (output: never, context: never) => {
      judged += 1;
      return rules.mentionsTopic(output, context);
    };
    const strict = { ...agents, writer: { ...agents.writer, rules: ['mentionsTopic'] } };
    const calling = { ...callingOf({ text: 'the sea' }), agents: strict, rules: { mentionsTopic: counted } };
    const mentions = { gate: 'mentionsTopic', verdict: { verdict: 'retry', feedback: 'Mention tides.' } };
    expect(await callAgent(calling, { ...call, rules: [] })).toMatchObject(mentions);
    expect(await checkOutput(calling, { ...call, output: { text: 'rain' }, rules: [] })).toMatchObject(mentions);
    const passing = { ...calling, ...callingOf({ text: 'tides' }), agents: strict, rules: { mentionsTopic: counted } };
    judged = 0;
    expect(await callAgent(passing, call)).toMatchObject({ verdict: { verdict: 'accept' } });
    expect(judged).toBe(1);
  });

  it('accepts an output that passes, and says what it cost', async () => {
    expect(await callAgent(callingOf({ text: 'tides' }), call)).toEqual({
      ...{ usage, output: { text: 'tides' }, gate: 'schema', verdict: { verdict: 'accept' } },
    });
  });

  it('hands the model what earlier attempts were told', async () => {
    const asked: unknown[] = [];
    await callAgent(callingOf({ text: 'tides' }, asked), { ...call, feedback: ['Longer.'] });
    expect(asked).toMatchObject([{ name: 'writer', input: { topic: 'tides' }, feedback: ['Longer.'] }]);
  });
});

describe('checking a person’s output', () => {
  it('says of it what is said of an agent’s', async () => {
    const { agent, input, rules: named } = call;
    const check = (output: unknown) => checkOutput(callingOf(undefined), { agent, input, rules: named, output });
    expect(await check({ words: 1 })).toMatchObject({ gate: 'schema', verdict: { verdict: 'retry' } });
    expect(await check({ text: 'the sea' })).toMatchObject({ gate: 'mentionsTopic', verdict: { verdict: 'retry' } });
    expect(await check({ text: 'tides' })).toMatchObject({
      verdict: { verdict: 'accept' },
      usage: { calls: 1, tokens: 0 },
    });
  });
});
