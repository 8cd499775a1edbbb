import type { EngineActivities, Notice } from '../contracts/activities';
import type { Manifest } from '../contracts/manifest';
import type { Parent } from './parent';
import { callOf, type Strike } from './strike';

/** What the engine asks on its own account, and no step of a process. */
const notSteps: readonly string[] = ['undoTool', 'lookUpTool', 'checkAnswer', 'notify'];

type Activity = (...args: unknown[]) => Promise<unknown>;

/**
 * The same activities, reported as they begin and as they are answered. A notice is answered by whoever conducts the
 * rehearsal; as it is in flight until then, no time is skipped while a person is asked.
 */
export function watchedActivities(
  activities: EngineActivities,
  { parent, strike, runId }: { readonly parent: Parent; readonly strike: Strike; readonly runId: string },
): EngineActivities {
  const watched = ([name, work]: [string, Activity]): [string, Activity] => [
    name,
    async (...args) => {
      if (name === 'loadManifest') return withoutQuickOnes(await activities.loadManifest());
      if (name === 'notify') return notice(args[0] as Notice); // what the engine calls this activity with
      if (notSteps.includes(name)) return work(...args);
      const call = callOf(runId);
      await strike.beforeCall(call);
      await parent.tell({ type: 'called', call });
      const answer = await work(...args);
      strike.afterCall(call);
      await parent.tell({ type: 'answered', call });
      return answer;
    },
  ];
  async function notice(given: Notice): Promise<void> {
    await strike.beforeCall({ workflowId: given.runId, step: noticeStep(given, runId) });
    await parent.tell({ type: 'called', call: { workflowId: given.runId, step: noticeStep(given, runId) } });
    await parent.hold({ type: 'notice', notice: given });
  }
  const entries = Object.entries(activities) as [string, Activity][]; // each takes and gives what crosses the border
  return Object.fromEntries(entries.map(watched)) as unknown as EngineActivities; // under the same names
}

/** Only ordinary activities are named after their steps, and can be told of a cancellation while they are held. */
function withoutQuickOnes(manifest: Manifest): Manifest {
  const withoutThem = (field: string, value: unknown) => (field === 'isQuick' && value === true ? undefined : value);
  return JSON.parse(JSON.stringify(manifest, withoutThem)) as Manifest; // as it crosses the border anyway
}

function noticeStep({ runId: workflowId, step }: Notice, runId: string): string {
  return [workflowId.slice(runId.length + 1), step].filter(Boolean).join('/');
}
