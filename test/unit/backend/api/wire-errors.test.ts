import { createRouterClient, ORPCError, os } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { errorMiddleware, wireError } from '../../../../src/backend/api/wire-errors.ts';
import { errors } from '../../../../src/contract/errors.ts';
import { FAILURE_CODES, Failure, type FailureCode } from '../../../../src/model/failure.ts';
import { createRecordingLog, type RecordingLog } from '../../../fakes/router/recording-log.ts';

/** What REST answers for each kind of failure. */
const STATUS: Readonly<Record<FailureCode, number>> = {
  'bad-input': 400,
  'not-found': 404,
  conflict: 409,
  // The cluster wants a sign-in, not Podwatt: 401 would throw the person out of the page.
  unauthenticated: 503,
  forbidden: 403,
  unreachable: 503,
  timeout: 503,
  tls: 503,
  'bad-answer': 503,
  'too-large': 503,
  'exec-plugin': 503,
  cancelled: 409,
  store: 503,
  'store-away': 503,
  unexpected: 500,
};

describe('a failure on the wire', () => {
  test.each(FAILURE_CODES)('%s has its status, and a code that the contract names', (code) => {
    const error = wireError(new Failure(code, 'What failed'));
    expect(error.status).toBe(STATUS[code]);
    expect(Object.entries(errors)).toContainEqual([error.code, expect.objectContaining({ status: STATUS[code] })]);
  });

  test('a hint is null where there is none, never missing', () => {
    expect(wireError(new Failure('tls', 'x')).data).toEqual({ failure: 'tls', hint: null });
  });

  test('the cause stays inside', () => {
    const error = wireError(new Failure('store', 'The file is full', { cause: new Error('/home/me/secret') }));
    expect(JSON.stringify(error.toJSON())).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  test('an unexpected one says nothing of itself, not even its message', () => {
    const error = wireError(new Failure('unexpected', 'password=hunter2', { hint: 'token=abc' }));
    expect(JSON.stringify(error.toJSON())).not.toMatch(/hunter2|abc/);
    expect(error.data.hint).toContain('log');
  });
});

describe('what an operation throws', () => {
  function clientOf(log: RecordingLog, operation: () => unknown) {
    const procedure = os.use(errorMiddleware(log)).handler(() => operation());
    return createRouterClient({ procedure }).procedure;
  }
  const thrownBy = async (log: RecordingLog, error: unknown): Promise<unknown> =>
    clientOf(log, () => {
      throw error;
    })().catch((thrown: unknown) => thrown);

  test('a failure becomes an error of the contract, and is not logged: the caller is told', async () => {
    const log = createRecordingLog();
    expect(await thrownBy(log, new Failure('conflict', 'Taken', { hint: 'Wait.' }))).toMatchObject({
      code: 'CONFLICT',
      message: 'Taken',
      data: { failure: 'conflict', hint: 'Wait.' },
    });
    expect(log.lines).toEqual([]);
  });

  test('what nobody foresaw is logged once and told without its text', async () => {
    const log = createRecordingLog();
    const told = await thrownBy(log, new TypeError('password=hunter2'));
    expect(told).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', data: { failure: 'unexpected' } });
    expect(String(told)).not.toContain('hunter2');
    expect(log.lines).toEqual(['error An operation failed unexpectedly']);
  });

  test.each([['text'], [null], [undefined], [7], [{ code: 'x' }]])(
    '%j, which is no error at all, is one too',
    async (thrown) => {
      const log = createRecordingLog();
      expect(await thrownBy(log, thrown)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
      expect(log.lines).toHaveLength(1);
    },
  );

  test('an error that has the form of the wire already passes as it is', async () => {
    const ours = new ORPCError('NOT_FOUND', { message: 'Here', data: { failure: 'not-found', hint: null } });
    expect(await thrownBy(createRecordingLog(), ours)).toMatchObject({ code: 'NOT_FOUND', message: 'Here' });
  });

  test('a caller that left is a conflict, not a fault of ours', async () => {
    const log = createRecordingLog();
    const left = await thrownBy(log, new DOMException('x', 'AbortError'));
    expect(left).toMatchObject({ code: 'CONFLICT', data: { failure: 'cancelled' } });
    expect(log.lines).toEqual([]);
  });

  test('a stream keeps what it gave before it failed, and its failure is translated too', async () => {
    const log = createRecordingLog();
    const stream = await clientOf(log, async function* () {
      yield 1;
      yield 2;
      throw new Failure('timeout', 'Too slow', { hint: 'Ask less.' });
    })();
    const seen: unknown[] = [];
    const end = await (async () => {
      for await (const value of stream as AsyncIterable<unknown>) seen.push(value);
      return null;
    })().catch((thrown: unknown) => thrown);
    expect(seen).toEqual([1, 2]);
    expect(end).toMatchObject({ code: 'SERVICE_UNAVAILABLE', data: { failure: 'timeout', hint: 'Ask less.' } });
  });

  test('a stream that breaks unexpectedly is logged', async () => {
    const log = createRecordingLog();
    const stream = await clientOf(log, async function* () {
      yield 1;
      throw new Error('password=hunter2');
    })();
    const read = async () => {
      for await (const _ of stream as AsyncIterable<unknown>);
    };
    await expect(read()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' });
    expect(log.lines).toHaveLength(1);
  });
});
