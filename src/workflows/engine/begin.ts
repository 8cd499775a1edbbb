import { CancellationScope, patched } from '@temporalio/workflow';
import { failure } from '../../contracts/failures';
import type { Manifest } from '../../contracts/manifest';
import type { RunResult } from '../../contracts/outcome';
import type { ProcessDescription } from '../../contracts/process';
import { activities, activitiesCiting } from './call';
import { issuesOf } from '../../contracts/issues';
import { beganWith, reservesInFull, type Before, type Execution, type Handover, type Inheritance } from './execution';
import { expectedFailure } from './failing';
import { inDoubtAgain, inherited } from './inherit';
import { Journal } from './journal';
import { askForMore } from './leases';
import { Ledger } from './ledger';
import { Pass } from './pass';
import { notPure } from './purity';
import { localActivities, seenThrough } from './quick-calls';
import { budgetOf } from './raises';
import { notBegun } from './result';
import { tellBeginning } from './story';
import { Tallies } from './tallies';

/** What a workflow execution starts from. */
export interface Start {
  readonly input: unknown;
  readonly before: Before | undefined;
}

/** Parses the input and makes the live state of an execution; one that cannot begin leaves what came before as it is. */
export async function beginExecution(
  process: ProcessDescription,
  { input, before }: Start,
): Promise<{ readonly execution: Execution; readonly input: unknown } | RunResult> {
  const parsed = process.input.safeParse(input);
  if (!parsed.success) {
    const reason = failure('InvalidInput', `The input does not fit ${process.name}: ${issuesOf(parsed.error)}`);
    return notBegun(reason, before);
  }
  try {
    const execution = executionOf(process, await handedOver(before));
    tellBeginning(execution);
    return { execution, input: parsed.data };
  } catch (error) {
    const expected = expectedFailure(error);
    if (expected === undefined) throw error;
    return notBegun(expected, before);
  }
}

/** Whether an execution goes on with the journal of an earlier one. */
export function isHandover(before: Start['before']): before is Handover {
  return before !== undefined && 'manifest' in before;
}

async function handedOver(before: Start['before']): Promise<Handover> {
  if (isHandover(before)) return before;
  const entries = before !== undefined && 'from' in before ? inherited(before) : [];
  const childhood = before !== undefined && 'childOf' in before ? before : {};
  const manifest = await loadManifest();
  const taken = beganWith(2, { manifest }) && isRepair(before) ? inDoubtAgain(entries, before.from) : entries;
  return { manifest, entries: taken, startedAt: Date.now(), refused: [], ...childhood };
}

function isRepair(before: Start['before']): before is Inheritance {
  return before !== undefined && 'as' in before && before.as === 'repair';
}

/** What the worker at hand offers; in runs that began before, what any worker does. */
function loadManifest(): Promise<Manifest> {
  if (patched('manifest in place')) return seenThrough(() => localActivities.loadManifest());
  return activities.loadManifest.executeWithOptions({ activityId: 'manifest', summary: 'manifest' }, []);
}

function executionOf(process: ProcessDescription, handover: Handover): Execution {
  const { manifest, entries, startedAt, refused, pass = 1, childOf, holds = 0, lease } = handover;
  const journal = new Journal(entries.map((entry) => ({ ...beforePasses, ...entry })));
  const state = {
    process,
    manifest,
    journal,
    tallies: new Tallies(journal),
    ledger: new Ledger(
      budgetOf(process.budget, entries),
      entries.map(({ usage }) => usage),
      reservesInFull(handover) ? lease : undefined,
    ),
    startedAt,
    refused: [...refused],
    inFlight: new Map(),
    busy: new Map(),
    holdingChildren: new Map(),
    holdsCount: holds,
    mayPivot: false,
    ...(childOf === undefined ? {} : { childOf }),
    leasedChildren: new Map(),
    askForMore,
    asksForMore: false,
    awaitsLease: false,
    callsInFlight: 0,
    quickCalls: { made: 0, committed: 0 },
    activities: beganWith(5, handover) ? activitiesCiting() : activities,
    stepsEntered: 0,
    handingOver: false,
    heldBackCount: 0,
    needsRepair: false,
    isUndoing: false,
    hasNews: true,
    stopped: undefined,
  };
  const execution: Execution = Object.assign(state, { pass: undefined as never }); // set in the next line
  execution.pass = new Pass(execution, pass);
  void CancellationScope.current().cancelRequested.catch(() => {
    execution.stopped ??= failure('Cancelled', 'The run was cancelled.');
  });
  if (entries.length > 0) execution.pass.catchingUp = catchUp(execution.pass);
  return execution;
}

/** What entries lack that were written before there were passes. */
const beforePasses = { pass: 1, after: 0 };

/** Resolves when a pass over a handed-over journal has claimed every answer in the order in which they first came. */
async function catchUp(pass: Pass): Promise<void> {
  await pass.turns.drained();
  pass.execution.stopped ??= notPure(pass.execution);
  pass.catchingUp = undefined;
}
