import { inspect } from 'node:util';
import { loadConfig } from '../src/config';

const key = 'sk-not-to-be-seen';

describe('the configuration of models', () => {
  it.each([
    ['an agent without models', 'writer', /expected AGENT=MODEL\|MODEL, came "writer"/],
    ['an empty model', 'writer=small|', /came "writer=small\|"/],
    ['an agent named twice', 'writer=small,writer=code', /writer is named twice/],
    ['a model named twice', 'writer=small|small', /writer has a model twice/],
  ])('is refused with %s', (_what, models, why) => {
    expect(() => loadConfig({ COUNTERPOINT_MODELS: models })).toThrow(why);
  });

  it('is refused with a server that is no web address, and says nothing of the key', () => {
    const load = () => loadConfig({ OPENAI_BASE_URL: 'localhost:8080', OPENAI_API_KEY: key });
    expect(load).toThrow(/OPENAI_BASE_URL/);
    expect(load).not.toThrow(key);
  });

  it('takes models by agent and overall, in order of preference', () => {
    const { modelPreferences } = loadConfig({
      COUNTERPOINT_MODELS: 'writer = small | large, critic=code,*=gpt-5-mini|code',
    });
    expect(modelPreferences).toEqual({ writer: ['small', 'large'], critic: ['code'], '*': ['gpt-5-mini', 'code'] });
  });

  it('has no server without an address or a key, and OpenAI’s own with a key alone', () => {
    expect(loadConfig({ OPENAI_BASE_URL: '', OPENAI_API_KEY: '' }).modelServer).toBeUndefined();
    expect(loadConfig({ OPENAI_API_KEY: key }).modelServer?.baseUrl).toBe('https://api.openai.com/v1');
    const own = loadConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' }).modelServer;
    expect([own?.baseUrl, own?.apiKey()]).toEqual(['http://127.0.0.1:8080/v1', undefined]);
  });

  it('shows the key in no dump, and hands it out when asked', () => {
    const config = loadConfig({ OPENAI_API_KEY: key });
    const dumps = [
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      String(config.modelServer?.apiKey),
    ];
    for (const dump of dumps) expect(dump).not.toContain(key);
    expect(config.modelServer?.apiKey()).toBe(key);
    expect(config.childEnvironment()['OPENAI_API_KEY']).toBe(key);
  });
});
