import { errors } from '@elastic/elasticsearch';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { wait, waitBefore } from '../../../../src/storage/elasticsearch/back-off.ts';
import { newHead } from '../../../../src/storage/elasticsearch/cluster-head.ts';
import { answerFailure, failureOf, isBusy } from '../../../../src/storage/elasticsearch/failures.ts';
import { refuseOlderEpoch } from '../../../../src/storage/elasticsearch/fencing.ts';
import { OneAtATime } from '../../../../src/storage/elasticsearch/one-at-a-time.ts';
import { failureCodeOf } from '../../../contract/storage/store-fixture.ts';

const answered = (statusCode: number, type: string): errors.ResponseError =>
  new errors.ResponseError({
    statusCode,
    body: { error: { type, reason: 'secret words' } },
    headers: {},
    warnings: null,
    meta: {} as ConstructorParameters<typeof errors.ResponseError>[0]['meta'],
  });

describe('failures', () => {
  it.each([
    [401, 'security_exception', 'unauthenticated'],
    [403, 'security_exception', 'forbidden'],
    [403, 'cluster_block_exception', 'store'],
    [429, 'cluster_block_exception', 'store'],
    [429, 'es_rejected_execution_exception', 'store-away'],
    [503, 'unavailable_shards_exception', 'store-away'],
    [400, 'parsing_exception', 'store'],
  ] as const)('of status %i and %s are %s', (status, type, code) => {
    const failure = failureOf(answered(status, type));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('secret');
    expect(answerFailure(status, type).code).toBe(code);
  });

  it.each([
    [new errors.ConnectionError('connect ECONNREFUSED'), 'store-away'],
    [new errors.ConnectionError('self-signed certificate'), 'store-away'],
    [new errors.TimeoutError('too late'), 'timeout'],
    [new errors.RequestAbortedError('aborted'), 'cancelled'],
    [new errors.ProductNotSupportedError('x'), 'store'],
    [new TypeError('ours'), 'store'],
    [new Failure('conflict', 'mine'), 'conflict'],
  ] as const)('without an answer are told apart: %s', (error, code) => {
    expect(failureOf(error).code).toBe(code);
  });

  it('name the certificate where that is what is wrong', () => {
    expect(failureOf(new errors.ConnectionError('self-signed certificate')).message).toContain('certificate');
    expect(failureOf(new errors.ConnectionError('ECONNREFUSED')).message).not.toContain('certificate');
  });

  it('may pass by themselves for these only', () => {
    expect([200, 400, 401, 404, 409, 429, 500, 502, 503, 504].filter(isBusy)).toEqual([429, 502, 503, 504]);
  });

  it('refuse an epoch that is older, and no other', () => {
    expect(() => refuseOlderEpoch(newHead('c', 3), 2)).toThrow(Failure);
    expect(() => refuseOlderEpoch(newHead('c', 3), 3)).not.toThrow();
    expect(() => refuseOlderEpoch(newHead('c', 3), 4)).not.toThrow();
  });
});

describe('backing off', () => {
  const backOff = { tries: 5, firstMilliseconds: 100, mostMilliseconds: 1000, random: () => 0.5 };

  it('waits twice as long each time, up to a limit, half of it by chance', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => waitBefore(attempt, backOff))).toEqual([75, 150, 300, 600, 750]);
    expect(waitBefore(1, { ...backOff, random: () => 0 })).toBe(50);
  });

  it('ends at once where it is cut off', async () => {
    expect(await failureCodeOf(wait(60_000, AbortSignal.abort()))).toBe('cancelled');
    await expect(wait(1)).resolves.toBeUndefined();
  });
});

describe('one at a time', () => {
  it('keeps works of one name apart, in their order, and those of others free', async () => {
    const queue = new OneAtATime();
    const log: string[] = [];
    const gates = new Map<string, () => void>();
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => gates.set(name, resolve));
      log.push(`${name} ends`);
    };
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const all = [queue.run('x', work('a')), queue.run('x', work('b')), queue.run('y', work('c'))];
    await turn();
    expect(log).toEqual(['a begins', 'c begins']);
    gates.get('a')?.();
    await turn();
    expect(log).toEqual(['a begins', 'c begins', 'a ends', 'b begins']);
    gates.get('b')?.();
    gates.get('c')?.();
    await Promise.all(all);
  });

  it('goes on after a work that failed', async () => {
    const queue = new OneAtATime();
    const failed = queue.run('x', () => Promise.reject(new Error('no')));
    const next = queue.run('x', async () => 7);
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe(7);
  });
});
