import { ApplicationFailure } from '@temporalio/common';
import { failure } from '../../../src/contracts/failures';
import type { Verdict } from '../../../src/contracts/verdict';
import { failsForGood, firstVersionOf, type Plan } from './plan';
import { answerTo, digest, siteOf, type EffectTool } from './program';

/** Who rejects: a reviewer, a person of their own accord, or a person who was to sign something. */
export type Rejecter = 'gate' | 'person' | 'signer';

/** One call that reached the world, or a person's word. Times are of a clock that counts beginnings and ends. */
export interface Happening {
  readonly what: 'write' | 'review' | 'read' | 'do' | 'undo' | 'lookUp' | 'sign' | 'reject';
  /** The workflow id of the run or child run on whose account it was. */
  readonly owner: string;
  readonly step: string;
  /** The activity id of a call. */
  readonly call?: string;
  readonly topic: string;
  readonly tool?: EffectTool;
  readonly key?: string;
  /**
   * How often the answer had been rejected: a writer is told, a tool's source is corrected. Of an effect only when it
   * took place.
   */
  version?: number;
  /** Who rejected, and the step and topic that are blamed. */
  readonly by?: Rejecter;
  readonly begun: number;
  ended: number;
  came: 'open' | 'answered' | 'refused' | 'broken';
}

/** An effect in the world, or the memory that its key is dead. */
export interface Deed {
  readonly tool: EffectTool;
  readonly topic: string;
  readonly owner: string;
  readonly version: number;
  state: 'stands' | 'undone';
}

/** Who calls: the workflow, its step, and for effects the key. */
export interface Caller {
  readonly owner: string;
  readonly step: string;
  readonly call?: string;
  readonly key?: string;
}

/** A call with a key. */
type KeyedCaller = Caller & { readonly key: string };

/** What a world may get wrong, to show that the comparison would notice. */
export type Defect = 'undoes nothing' | 'does it again for each attempt';

/** The small world of one run: a store that performs an effect once for each key, its agents, and a log of it all. */
export class RunWorld {
  readonly log: Happening[] = [];
  readonly deeds = new Map<string, Deed>();
  private clock = 0;
  private readonly attempts = new Map<string, number>();
  private readonly blamed = new Map<string, number>();
  private readonly corrections = new Map<string, number>();
  private readonly listeners: { readonly count: number; readonly tell: () => void }[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly seed: number,
    private readonly defect?: Defect,
  ) {}

  get policies(): { readonly stepsPerExecutionMax?: number } {
    const { stepsPerExecutionMax } = this.plan;
    return stepsPerExecutionMax === undefined ? {} : { stepsPerExecutionMax };
  }

  get now(): number {
    return this.clock;
  }

  /** Tells when the log has become so long. */
  onceThereAre(count: number, tell: () => void): void {
    this.listeners.push({ count, tell });
  }

  /** A rejection, just before it is said; it may be refused. What is rejected will be answered otherwise. */
  reject(by: Rejecter, topic: string, { owner, step }: Caller): Happening {
    const at = ++this.clock;
    const happening: Happening = { what: 'reject', by, owner, step, topic, begun: at, ended: at, came: 'answered' };
    this.log.push(happening);
    this.corrections.set(topic, this.versionOf(topic) + 1);
    return happening;
  }

  /** A person knows whether a rejection was taken. */
  know(rejection: Happening, came: 'answered' | 'refused'): void {
    rejection.came = came;
    rejection.ended = ++this.clock;
  }

  /** A person's word on what is to be signed, as it is said. */
  sign(topic: string, { owner, step }: Caller, say: () => Promise<unknown>): Promise<unknown> {
    return this.happen({ what: 'sign', owner, step, topic }, say);
  }

  /** Equal questions get equal answers, so they are never corrected. */
  private versionOf(topic: string): number {
    return siteOf(topic) === 'same' ? 0 : (this.corrections.get(topic) ?? 0);
  }

  write(topic: string, version: number, caller: Caller): Promise<string> {
    return this.happen({ what: 'write', topic, version, ...caller }, async () => {
      await this.pass();
      return answerTo(topic, version);
    });
  }

  review(topic: string, text: string, caller: Caller): Promise<Verdict> {
    return this.happen({ what: 'review', topic, ...caller }, async () => {
      await this.pass();
      const isTooEarly = Array.from({ length: firstVersionOf(this.plan, topic) }).some(
        (_, version) => text === answerTo(topic, version),
      );
      if (isTooEarly) {
        this.reject('gate', topic, caller);
        return { verdict: 'reject', feedback: 'Think again.' };
      }
      const blame = this.blameOfAnother(topic, caller);
      return blame === undefined ? { verdict: 'accept' } : { verdict: 'reject', feedback: 'It began there.', blame };
    });
  }

  read(topic: string, caller: Caller): Promise<string> {
    return this.happen({ what: 'read', topic, ...caller }, async (happening) => {
      await this.pass();
      this.failAsPlanned(topic, `read ${caller.owner} ${topic}`);
      happening.version = this.versionOf(topic);
      return answerTo(topic, happening.version);
    });
  }

  perform(tool: EffectTool, topic: string, caller: KeyedCaller): Promise<string> {
    return this.happen({ what: 'do', tool, topic, ...caller }, async (happening) => {
      await this.pass();
      const attempt = `do ${caller.key}`;
      this.failAsPlanned(topic, attempt);
      const key = this.defect === 'does it again for each attempt' ? `${caller.key} ${this.clock}` : caller.key;
      const deed = this.deeds.get(key);
      if (deed?.state === 'undone') {
        throw failure('OperationRefused', `${key} is undone and can never be used again.`);
      }
      happening.version = deed?.version ?? this.versionOf(topic);
      this.deeds.set(key, { tool, topic, owner: caller.owner, version: happening.version, state: 'stands' });
      await this.pass();
      const fault = this.plan.faults[siteOf(topic)];
      if (fault === 'brokenAfter' && this.attempts.get(attempt) === 1) throw passing();
      if (fault === 'answerLost') throw lost();
      return answerTo(topic, happening.version);
    });
  }

  undo(tool: EffectTool, topic: string, caller: KeyedCaller): Promise<void> {
    return this.happen({ what: 'undo', tool, topic, ...caller }, async () => {
      await this.pass();
      const attempt = this.count(`undo ${caller.key}`);
      const fault = this.plan.undoFaults[siteOf(topic)];
      if (fault === 'brokenBefore' && attempt === 1) throw passing();
      if (fault === 'blocked' || (fault === 'blockedOnce' && attempt === 1)) {
        throw failure('CompensationBlocked', `Something else keeps ${topic} from being undone.`);
      }
      const deed = this.deeds.get(caller.key) ?? { tool, topic, owner: caller.owner, version: 0 };
      if (this.defect !== 'undoes nothing') this.deeds.set(caller.key, { ...deed, state: 'undone' });
      await this.pass();
      if (fault === 'brokenAfter' && attempt === 1) throw passing();
    });
  }

  /** Whether only a person can undo what was done about a topic. */
  isBlocked(topic: string): boolean {
    return this.plan.undoFaults[siteOf(topic)] === 'blocked';
  }

  /** A person undoes by hand what a step did. */
  undoByHand({ owner, step }: Caller): void {
    const done = this.log.find((one) => one.what === 'do' && one.owner === owner && one.step === step);
    if (done?.key === undefined) return; // it was never attempted
    const { key, topic } = done;
    const deed = this.deeds.get(key);
    if (deed === undefined) return;
    const at = ++this.clock;
    deed.state = 'undone';
    this.log.push({ what: 'undo', tool: deed.tool, owner, step, key, topic, begun: at, ended: at, came: 'answered' });
  }

  lookUp(caller: KeyedCaller): Promise<string | undefined> {
    const deed = this.deeds.get(caller.key);
    return this.happen({ what: 'lookUp', topic: deed?.topic ?? '', ...caller }, async () => {
      await this.pass();
      return deed?.state === 'stands' ? answerTo(deed.topic, deed.version) : undefined;
    });
  }

  /** Writes into the log when a call began, when it ended, and what came of it. */
  private async happen<Answer>(
    about: Omit<Happening, 'begun' | 'ended' | 'came'>,
    work: (happening: Happening) => Promise<Answer>,
  ): Promise<Answer> {
    const happening: Happening = { ...about, begun: ++this.clock, ended: Number.POSITIVE_INFINITY, came: 'open' };
    this.log.push(happening);
    for (const { count, tell } of this.listeners) if (count === this.log.length) tell();
    try {
      const answer = await work(happening);
      happening.came = 'answered';
      return answer;
    } catch (error) {
      happening.came = error instanceof ApplicationFailure ? 'broken' : 'refused';
      throw error;
    } finally {
      happening.ended = ++this.clock;
    }
  }

  /** The failures that come before anything is done. */
  private failAsPlanned(topic: string, attempt: string): void {
    const count = this.count(attempt);
    const fault = this.plan.faults[siteOf(topic)];
    if (fault === 'brokenBefore' && count === 1) throw passing();
    if (!failsForGood(this.plan, topic)) return;
    throw fault === 'lost' ? lost() : failure('OperationRefused', `The world refuses ${topic}.`);
  }

  private count(attempt: string): number {
    const count = (this.attempts.get(attempt) ?? 0) + 1;
    this.attempts.set(attempt, count);
    return count;
  }

  /** A step of the same run that was answered before, for a gate that blames another, as often as it is planned to. */
  private blameOfAnother(topic: string, { owner }: Caller): string | undefined {
    const site = siteOf(topic);
    const gate = this.plan.gates[site];
    const times = this.blamed.get(site) ?? 0;
    if (gate?.blames !== 'another' || times >= gate.times) return undefined;
    const others = this.log.filter(
      (one) =>
        one.owner === owner &&
        one.topic !== topic &&
        siteOf(one.topic) !== 'same' &&
        one.tool !== 'pay' &&
        one.came === 'answered' &&
        ['write', 'read', 'do'].includes(one.what),
    );
    const blamed = others[drawn(`${this.seed} ${topic} ${times}`, others.length)];
    if (blamed === undefined) return undefined;
    this.blamed.set(site, times + 1);
    this.reject('gate', blamed.topic, blamed);
    return blamed.step;
  }

  /** Lets other calls pass, a drawn number of them. */
  private async pass(): Promise<void> {
    for (let turns = drawn(`${this.seed} ${this.clock}`, 8); turns > 0; turns -= 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** A whole number below the given one, by chance that is the same each time. */
function drawn(seed: string, below: number): number {
  return below === 0 ? 0 : Number.parseInt(digest(seed), 16) % below;
}

/** A failure that the next attempt does not meet. */
function passing(): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Passing', message: 'Not this time.', nextRetryDelay: 1 });
}

/** A failure that nobody foresaw, and that says nothing of what was done. */
function lost(): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Lost', message: 'No answer came.', nonRetryable: true });
}
