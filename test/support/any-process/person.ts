import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { untilHeard } from '../../../src/client/until-heard';
import type { Notice } from '../../../src/contracts/activities';
import type { FailureType } from '../../../src/contracts/failures';
import type { Preview } from '../../../src/contracts/preview';
import type { RunView, StepView, WaitingView } from '../../../src/contracts/run-view';
import { decideUpdate, previewUpdate, rejectStepUpdate, runViewQuery } from '../../../src/workflows/messages';
import type { AnyCase } from './plan';
import type { anyProcess } from './process';
import { siteOf } from './program';
import type { Happening, Rejecter, RunWorld } from './run-world';

/** What a person was told, at a time of the world's clock, of a rejection that followed. */
export interface Warned {
  readonly at: number;
  readonly owner: string;
  readonly preview: Preview;
}

type Word =
  | { readonly decision: 'approve' | 'reject' | 'tryAgain' | 'undoneByHand'; readonly rejection?: never }
  | {
      readonly decision: 'reject';
      readonly blame: string;
      readonly comment: string;
      readonly rejection: Happening;
    };

/** A run and what is to happen to it. */
interface Told {
  readonly world: RunWorld;
  readonly drawn: AnyCase;
  readonly runId: string;
}

/** Decides what one run asks, one thing after the other, as planned, and rejects what nobody asked about. */
export class Person {
  readonly troubles: string[] = [];
  readonly warned: Warned[] = [];
  private last: Promise<void> = Promise.resolve();
  private isGone = false;
  private readonly rejectionsLeft: { readonly at: string; readonly blames: number }[];

  constructor(
    private readonly client: Client,
    private readonly told: Told,
  ) {
    const { rejections, interruptions, cancelledAfter } = told.drawn.plan;
    this.rejectionsLeft = [...rejections];
    if (cancelledAfter !== undefined) {
      told.world.onceThereAre(cancelledAfter, () => {
        this.next('the cancellation', async () => {
          await client.workflow.getHandle(told.runId).cancel();
        });
      });
    }
    for (const { after, blames } of interruptions) {
      told.world.onceThereAre(after, () => {
        this.next(`the interruption after ${after}`, () => this.interrupt(blames));
      });
    }
  }

  hear(notice: Notice): void {
    if (notice.reason === 'asked') this.next(`the decision on ${notice.step}`, () => this.decide(notice));
  }

  /** The run has ended: nothing is left to say. */
  leave(): void {
    this.isGone = true;
  }

  /**
   * After a rejection a step waits for a person only when the next pass has asked for it again, and nobody is told
   * again: so the person looks again, as one would who reads the inbox.
   */
  private lookAgain(notice: Notice): void {
    setTimeout(() => {
      if (!this.isGone) this.hear(notice);
    }, lookAgainMs);
  }

  hasSpoken(): Promise<void> {
    return this.last;
  }

  private next(what: string, say: () => Promise<void>): void {
    this.last = this.last.then(say).catch((error: unknown) => {
      this.note(what, error);
    });
  }

  /** What was struck, withdrawn or ended in the meantime needs no word any more. */
  private note(what: string, error: unknown): void {
    if (error instanceof WorkflowNotFoundError) return;
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
    if (cause instanceof ApplicationFailure && tooLate.includes(cause.type ?? '')) return;
    const text = cause instanceof Error ? cause.message : String(cause);
    const why = cause instanceof ServiceError ? ` (${String(cause.cause)})` : '';
    if (!text.includes('already completed')) this.troubles.push(`${what} failed: ${text}${why}`);
  }

  private async decide(notice: Notice): Promise<void> {
    const { runId, step } = notice;
    const view = await viewOf(this.client, runId);
    const waiting = view.waiting.find((one) => one.step === step);
    const isOpen = view.steps.some((one) => one.step === step && one.state === 'asked' && one.struck === undefined);
    if (waiting === undefined && isOpen) this.lookAgain(notice);
    if (waiting === undefined) return;
    const { about, shown } = waiting;
    const { rejection, ...word } = await this.wordOn(waiting, runId, view);
    const handle = this.client.workflow.getHandle<typeof anyProcess>(runId);
    const decision = { step, shown, actor: 'ada', ...word };
    const say = () => untilHeard(() => handle.executeUpdate(decideUpdate, { args: [decision] }));
    try {
      if (rejection !== undefined) await this.reject(rejection, say);
      else if (step.startsWith('sign-')) await this.told.world.sign(about, { owner: runId, step }, say);
      else await say();
    } catch (error) {
      this.lookAgain(notice);
      throw error;
    }
  }

  private async wordOn({ step, about, subject }: WaitingView, runId: string, view: RunView): Promise<Word> {
    if (step.startsWith('bookRepair-'))
      return this.repair(runId, subject as { step: string; input: { topic: string } }); // as the engine asks
    // Nobody knows whether it was paid. It was not, and shall not be: the call fails, as the plan has it.
    if (step.startsWith('payDoubt-')) return { decision: 'reject' };
    if (!step.startsWith('sign-')) {
      // A child that is asked again answers the same, as its steps do: only that may need a person's word.
      if (!step.startsWith('anyProcessEscalation-')) this.troubles.push(`${step} asked a person: ${about}`);
      return { decision: 'approve' };
    }
    if (this.told.drawn.plan.refusals.includes(siteOf(about))) return { decision: 'reject' };
    const blamed = this.blamed(siteOf(about), view);
    if (blamed === undefined) return { decision: 'approve' };
    const rejection = await this.warn('signer', runId, blamed);
    return { decision: 'reject', blame: blamed.step, comment: 'Not like that.', rejection };
  }

  /** What can be undone by trying again is; what cannot the person undoes. */
  private repair(runId: string, { step, input }: { step: string; input: { topic: string } }): Word {
    if (!this.told.world.isBlocked(input.topic)) return { decision: 'tryAgain' };
    const path = step.split('/');
    this.told.world.undoByHand({ owner: [runId, ...path.slice(0, -1)].join('.'), step: path.at(-1)! });
    return { decision: 'undoneByHand' };
  }

  private async interrupt(blames: number): Promise<void> {
    const { runId } = this.told;
    const handle = this.client.workflow.getHandle<typeof anyProcess>(runId);
    const blameable = blameableIn(await viewOf(this.client, runId));
    const blamed = blameable[blames % blameable.length];
    if (blamed === undefined) return;
    const word = { step: blamed.step, feedback: 'This is wrong.', actor: 'ada' };
    await this.reject(await this.warn('person', runId, blamed), () =>
      untilHeard(() => handle.executeUpdate(rejectStepUpdate, { args: [word] })),
    );
  }

  /** Says a rejection, and notes whether it was taken. */
  private async reject(rejection: Happening, say: () => Promise<unknown>): Promise<void> {
    rejection.ended = Number.POSITIVE_INFINITY;
    try {
      await say();
      this.told.world.know(rejection, 'answered');
    } catch (error) {
      this.told.world.know(rejection, 'refused');
      throw error;
    }
  }

  /** The step to blame for what is to be signed, if it is to be rejected now. */
  private blamed(site: string, view: RunView): StepView | undefined {
    const index = this.rejectionsLeft.findIndex(({ at }) => at === site);
    const rejection = this.rejectionsLeft[index];
    const blameable = blameableIn(view);
    if (rejection === undefined || blameable.length === 0) return undefined;
    this.rejectionsLeft.splice(index, 1);
    return blameable[rejection.blames % blameable.length];
  }

  /** Has the rejection previewed, and lets the world know that it comes. */
  private async warn(by: Rejecter, runId: string, { step, about }: StepView): Promise<Happening> {
    const at = this.told.world.now;
    const handle = this.client.workflow.getHandle<typeof anyProcess>(runId);
    const preview = await untilHeard(() => handle.executeUpdate(previewUpdate, { args: [{ reject: step }] }));
    this.warned.push({ at, owner: runId, preview });
    return this.told.world.reject(by, about, { owner: runId, step });
  }
}

/** How the engine refuses what is out of date. One refused for another reason leaves the run waiting, which is found. */
const tooLate: readonly string[] = ['DecisionRefused', 'RejectionRefused'] satisfies FailureType[];
const viewTriesMax = 10;
const lookAgainMs = 100;

/** What a run shows; a worker that is busy, or a run that is just being continued, is asked again. */
async function viewOf(client: Client, runId: string): Promise<RunView> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.workflow.getHandle(runId).query(runViewQuery);
    } catch (error) {
      if (!(error instanceof ServiceError) || tries >= viewTriesMax) throw error;
    }
  }
}

/** Steps that may be blamed: what stands answered, except what cannot be undone and what equal questions ask. */
function blameableIn({ steps }: RunView): StepView[] {
  return steps.filter(
    ({ kind, state, within, name, about, struck }) =>
      ['agent', 'tool', 'process'].includes(kind) &&
      state === 'answered' &&
      within === undefined &&
      struck === undefined &&
      name !== 'pay' &&
      siteOf(about) !== 'same',
  );
}
