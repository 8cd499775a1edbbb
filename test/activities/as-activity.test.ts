import { once } from 'node:events';
import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { asActivity } from '../../src/activities/as-activity';
import { failure, failureTypes, type FailureType } from '../../src/contracts/failures';

const run = <Answer>(work: () => Promise<Answer>, policy?: Parameters<typeof asActivity>[1]) =>
  new MockActivityEnvironment({ activityId: 'lookUp-1' }, { logger: new DefaultLogger('ERROR') }).run(
    asActivity(work, policy),
  );

describe('an activity', () => {
  it.each(Object.keys(failureTypes) as FailureType[])(
    'that fails with %s says so, and whether to try again',
    async (type) => {
      const error = await run(() => Promise.reject(failure(type, 'why', { fact: 1 }))).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ApplicationFailure);
      expect(error).toMatchObject({
        type,
        message: 'why',
        details: [{ fact: 1 }],
        nonRetryable: !failureTypes[type].retryable,
      });
    },
  );

  it.each([
    ['ModelBusy', 42_000, { nextRetryDelay: 42_000, category: ApplicationFailureCategory.BENIGN }],
    ['ModelUnavailable', 1_500, { nextRetryDelay: 1_500, category: undefined }],
    ['CitedTextForgotten', null, { nextRetryDelay: undefined, category: ApplicationFailureCategory.BENIGN }],
    ['ModelUnavailable', 'soon', { nextRetryDelay: undefined, category: undefined }],
    ['ModelUnavailable', -1, { nextRetryDelay: undefined, category: undefined }],
  ] as const)(
    'that fails with %s is tried again after %s ms, and raises no alarm if it is nothing to see to',
    async (...row) => {
      const [type, retryAfterMs, expected] = row;
      const error = await run(() => Promise.reject(failure(type, 'why', { retryAfterMs }))).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject(expected);
    },
  );

  it('leaves an error that nobody expected as it is, so that it is tried again', async () => {
    const error = new TypeError('x is not a function');
    await expect(run(() => Promise.reject(error))).rejects.toBe(error);
  });

  it('refuses an answer that the server would refuse, before it is paid for again', async () => {
    await expect(run(() => Promise.resolve('x'.repeat(1_800_000)))).rejects.toMatchObject({
      type: 'AnswerTooLarge',
      nonRetryable: true,
      details: [{ activityId: 'lookUp-1', bytes: 1_800_002 }],
    });
    await expect(run(() => Promise.resolve('x'.repeat(1_799_998)))).resolves.toHaveLength(1_799_998);
  });

  it('gives up on its work when it is cancelled', async () => {
    const environment = new MockActivityEnvironment();
    const answer = environment.run(asActivity(() => new Promise<never>(() => undefined)));
    environment.cancel();
    await expect(answer).rejects.toThrow(CancelledFailure);
  });

  it('says that it is alive while it works', async () => {
    const environment = new MockActivityEnvironment();
    const heard = once(environment, 'heartbeat').then(() => 'heard');
    await expect(environment.run(asActivity(() => heard))).resolves.toBe('heard');
  });

  it('that is local says nothing while it works: nobody would hear it', async () => {
    jest.useFakeTimers();
    try {
      const environment = new MockActivityEnvironment({ isLocal: true });
      const heard = jest.fn();
      environment.on('heartbeat', heard);
      let end: (value: string) => void = () => undefined;
      const work = new Promise<string>((resolve) => (end = resolve));
      const answer = environment.run(asActivity(() => work));
      jest.advanceTimersByTime(60_000);
      end('done');
      await expect(answer).resolves.toBe('done');
      expect(heard).not.toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });

  it('sees its work through when others rely on it', async () => {
    const environment = new MockActivityEnvironment();
    let end: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (end = resolve));
    const answer = environment.run(asActivity(() => work, { onCancellation: 'seeThrough' }));
    environment.cancel();
    end('done');
    await expect(answer).resolves.toBe('done');
  });

  it('may answer with nothing', async () => {
    await expect(run(() => Promise.resolve(undefined))).resolves.toBeUndefined();
  });
});
