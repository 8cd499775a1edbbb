import { ServiceError } from '@temporalio/client';
import { untilHeard } from '../../src/client/until-heard';

/** As the client reports what a server answers. */
function serviceError(code: number): ServiceError {
  const cause = Object.assign(new Error('Why.'), { code, details: 'why', metadata: {} });
  return new ServiceError('Workflow Update failed', { cause });
}

/** Sends that end in this order: an error, or the receipt. */
function sending(...ends: readonly (Error | 'heard')[]) {
  let sends = 0;
  const send = () => {
    const end = ends[sends++] ?? 'heard';
    return end instanceof Error ? Promise.reject(end) : Promise.resolve(end);
  };
  return { send, count: () => sends };
}

const unheard = serviceError(9);

describe('an update', () => {
  it('is sent again when the workflow task that answered it was failed by the server', async () => {
    const { send, count } = sending(unheard, unheard, 'heard');
    await expect(untilHeard(send)).resolves.toBe('heard');
    expect(count()).toBe(3);
  });

  it('is sent five times at the most', async () => {
    const { send, count } = sending(...Array.from({ length: 9 }, () => unheard));
    await expect(untilHeard(send)).rejects.toBe(unheard);
    expect(count()).toBe(5);
  });

  it.each([
    ['a server that cannot be reached', serviceError(14)],
    ['a word of the run', new Error('The decision was refused.')],
  ])('is not sent again after %s', async (_what, error) => {
    const { send, count } = sending(error);
    await expect(untilHeard(send)).rejects.toBe(error);
    expect(count()).toBe(1);
  });
});
