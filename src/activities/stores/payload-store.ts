import { ExternalStorage, StorageDriverClaim, type StorageDriver } from '@temporalio/common/lib/converter/extstore';
import type { Payload } from '@temporalio/common';
import type { DataConverter } from '@temporalio/common/lib/converter/data-converter';
import type { ArtifactStore } from './artifact-store';

/** Payloads above this many bytes leave the history; the history keeps a reference. */
const payloadBytesMax = 8 * 1024;

/**
 * Keeps large payloads out of the history: they are stored by the hash of their content, so the same value handed to
 * many steps is stored once. The SDK's external storage is experimental; this is the only file that knows of it.
 */
export function offloadingDataConverter(artifacts: ArtifactStore): DataConverter {
  return {
    externalStorage: new ExternalStorage({ drivers: [driver(artifacts)], payloadSizeThreshold: payloadBytesMax }),
  };
}

function driver(artifacts: ArtifactStore): StorageDriver {
  return {
    name: 'artifacts',
    type: 'counterpoint.artifacts',
    store: (_context, payloads) => Promise.all(payloads.map((payload) => store(artifacts, payload))),
    retrieve: (_context, claims) => Promise.all(claims.map((claim) => retrieve(artifacts, claim))),
  };
}

async function store(artifacts: ArtifactStore, { data, metadata }: Payload): Promise<StorageDriverClaim> {
  const content = data ?? new Uint8Array();
  const { sha256, bytes } = await artifacts.put(content, { mediaType: 'application/json', name: 'payload' });
  const claim: Record<string, string> = { sha256, bytes: String(bytes) };
  for (const [key, value] of Object.entries(metadata ?? {}))
    claim[`meta.${key}`] = Buffer.from(value).toString('base64');
  return new StorageDriverClaim(claim);
}

async function retrieve(artifacts: ArtifactStore, { claimData }: StorageDriverClaim): Promise<Payload> {
  const { sha256 = '', bytes = '0', ...headers } = claimData;
  const name = 'payload';
  const data = await artifacts.get({ sha256, bytes: Number(bytes), mediaType: 'application/json', name });
  const metadata: Record<string, Uint8Array> = {};
  for (const [key, value] of Object.entries(headers)) {
    metadata[key.replace(/^meta\./, '')] = new Uint8Array(Buffer.from(value, 'base64'));
  }
  return { data: new Uint8Array(data), metadata };
}
