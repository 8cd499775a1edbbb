import type { EngineActivities } from '../../src/contracts/activities';
import type { Manifest } from '../../src/contracts/manifest';
import type { Parent } from '../../src/rehearsal/parent';
import type { Strike } from '../../src/rehearsal/strike';
import { watchedActivities } from '../../src/rehearsal/watched-activities';

it('has every call of a rehearsal made as an ordinary activity, since only these are named after their steps', async () => {
  const card = { version: '1', timeoutMs: 1 };
  const lookUp = { ...card, name: 'lookUp', description: 'Look up.', effect: 'none', hasLookup: false } as const;
  const manifest: Manifest = {
    ...{ runId: 'r', executionId: 'e', agents: {}, rules: [], policies: { sameQuestionMax: 1 } },
    tools: { lookUp: { ...lookUp, isQuick: true } },
  };
  const activities = { loadManifest: () => Promise.resolve(manifest) } as EngineActivities; // what the rehearsal asks here
  const around = { parent: {} as Parent, strike: {} as Strike, runId: 'r' }; // neither is told of a manifest
  expect(await watchedActivities(activities, around).loadManifest()).toEqual({ ...manifest, tools: { lookUp } });
});
