import { describe, expect, test } from 'vitest';
import { ClusterLocks } from '../../../../src/backend/clusters/cluster-locks.ts';
import { sessionState } from '../../../../src/backend/clusters/session-state.ts';
import { SourceStates } from '../../../../src/backend/clusters/source-states.ts';
import { asFailure } from '../../../../src/backend/failures.ts';
import { judgeCoverage } from '../../../../src/backend/pipeline/window-state.ts';
import { FAILURE_CODES, Failure } from '../../../../src/model/failure.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';

describe('locks', () => {
  test('work on one cluster goes one after the other, also after a failure; others are not held up', async () => {
    const locks = new ClusterLocks();
    const order: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = locks.run('a', async () => {
      await gate;
      order.push('a1');
      throw new Error('no');
    });
    const second = locks.run('a', async () => order.push('a2'));
    await locks.run('b', async () => order.push('b'));
    await settle(3);
    expect(order).toEqual(['b']);
    open();
    await expect(first).rejects.toThrow('no');
    await second;
    expect(order).toEqual(['b', 'a1', 'a2']);
  });
});

describe('the state of a cluster', () => {
  const facts = {
    collecting: true,
    failure: null,
    isElsewhere: false,
    metricsFailed: false,
    readingHistory: false,
    lastReadingHadData: true,
  };
  test('in one word', () => {
    expect(sessionState({ ...facts, collecting: false, failure: new Failure('tls', 'x') })).toBe('paused');
    expect(sessionState({ ...facts, readingHistory: true })).toBe('reading-history');
    expect(sessionState({ ...facts, isElsewhere: true, readingHistory: true })).toBe('elsewhere');
    expect(sessionState({ ...facts, lastReadingHadData: false })).toBe('no-data');
    expect(sessionState({ ...facts, lastReadingHadData: null })).toBe('collecting');
  });

  test('each kind of failure has one', () => {
    const states = FAILURE_CODES.map((code) => sessionState({ ...facts, failure: new Failure(code, 'x') }));
    expect(new Set(states)).toEqual(new Set(['failing', 'no-data', 'signed-out', 'unreachable']));
  });

  test('a cluster that answers is neither signed out of nor unreachable, whatever its Prometheus does', () => {
    const states = FAILURE_CODES.map((code) =>
      sessionState({ ...facts, metricsFailed: true, failure: new Failure(code, 'x') }),
    );
    expect(new Set(states)).toEqual(new Set(['failing', 'no-data']));
  });
});

test('a failed source keeps the time when it was last good', () => {
  const states = new SourceStates();
  states.answered('usage', [], 'fine', 100);
  states.failed('usage', new Failure('timeout', 'Too slow', { hint: 'Wait.' }), 200);
  expect(states.list().find((source) => source.name === 'usage')).toEqual({
    name: 'usage',
    state: 'failed',
    detail: 'Too slow',
    hint: 'Wait.',
    checkedAtSeconds: 200,
    lastGoodAtSeconds: 100,
  });
  states.answered(
    'usage',
    [{ code: 'x', severity: 'warning', message: 'No node metrics', hint: 'Add them.' }],
    'fine',
    300,
  );
  expect(states.list().find((source) => source.name === 'usage')).toMatchObject({
    state: 'partial',
    detail: 'No node metrics',
  });
});

test.each([
  [3600, 3600, 'whole'],
  [3600, 3528, 'whole'],
  [3600, 3527, 'partial'],
  [300, 150, 'partial'],
  [300, 149, 'no-data'],
  [300, 0, 'no-data'],
] as const)('a window of %i s covered for %i s is %s', (durationSeconds, covered, state) => {
  const judged = judgeCoverage({ startSeconds: 0, durationSeconds }, covered);
  expect(judged.state).toBe(state);
  expect(judged.reason === null).toBe(state === 'whole');
});

test('an abort is a cancellation; what nobody foresaw shows no text', () => {
  expect(asFailure(new DOMException('x', 'AbortError')).code).toBe('cancelled');
  const failure = asFailure(new Error('password=hunter2'));
  expect([failure.code, failure.message]).toEqual(['unexpected', 'Podwatt met an unexpected error']);
});
