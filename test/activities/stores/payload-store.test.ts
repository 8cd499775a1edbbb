import { defaultPayloadConverter } from '@temporalio/common';
import { offloadingDataConverter } from '../../../src/activities/stores/payload-store';
import type { ArtifactStore } from '../../../src/activities/stores/artifact-store';
import { failure } from '../../../src/contracts/failures';
import { createHash } from 'node:crypto';

function memoryStore(): ArtifactStore & { readonly contents: Map<string, Uint8Array> } {
  const contents = new Map<string, Uint8Array>();
  return {
    contents,
    put: (content, about) => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      contents.set(sha256, content);
      return Promise.resolve({ ...about, sha256, bytes: content.byteLength });
    },
    get: ({ sha256, name }) => {
      const content = contents.get(sha256);
      if (content !== undefined) return Promise.resolve(content);
      return Promise.reject(failure('ArtifactMissing', `The artifact ${name} (${sha256}) is missing.`, { sha256 }));
    },
  };
}

function driverOf(store: ArtifactStore) {
  const driver = offloadingDataConverter(store).externalStorage?.drivers[0];
  if (driver === undefined) throw new Error('Expected a driver.');
  return driver;
}

const context = {} as never; // the driver does not look at it
const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value);

describe('payloads outside the history', () => {
  it('that are lost are named', async () => {
    const store = memoryStore();
    const driver = driverOf(store);
    const claims = await driver.store(context, [payloadOf('x'.repeat(10_000))]);
    const [sha256] = store.contents.keys();
    store.contents.clear();
    await expect(driver.retrieve(context, claims)).rejects.toMatchObject({
      type: 'ArtifactMissing',
      details: { sha256 },
    });
  });

  it('come back as they were, in their order', async () => {
    const driver = driverOf(memoryStore());
    const values = [{ text: 'x'.repeat(10_000) }, ['§', 'ä'], null];
    const claims = await driver.store(context, values.map(payloadOf));
    const back = await driver.retrieve(context, claims);
    expect(back.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual(values);
  });

  it('are stored once, however many steps get the same', async () => {
    const store = memoryStore();
    await driverOf(store).store(
      context,
      Array.from({ length: 41 }, () => payloadOf({ text: 'x'.repeat(10_000) })),
    );
    expect(store.contents.size).toBe(1);
  });
});
