import { openaiChat } from '../../../../src/activities/models/openai/openai-chat';
import { Failure } from '../../../../src/contracts/failures';
import { apiKey, chatWith } from './asking';

describe('a model that is set up wrongly', () => {
  it.each([
    ['a base URL that is none', { baseUrl: 'localhost', apiKey }],
    ['a base URL with a password in it', { baseUrl: `http://me:${apiKey}@127.0.0.1:1/v1`, apiKey }],
    ['a key with a line break', { baseUrl: 'http://127.0.0.1:1/v1', apiKey: `${apiKey}\n` }],
  ])('is refused for %s, without its key', (_, options) => {
    const make = () => openaiChat({ ...options, model: { id: 'small' } });
    expect(make).toThrow(Failure);
    expect(make).toThrow(/base URL|KEY/);
    expect(make).not.toThrow(apiKey);
  });

  it.each([0, -1, 1.5, 3_600_001])('is refused for a timeout of %d ms', (timeoutMs) => {
    const make = () => chatWith({ url: 'http://127.0.0.1:1/v1' }, { timeoutMs });
    expect(make).toThrow(Failure);
    expect(make).toThrow(/timeoutMs/);
  });
});
