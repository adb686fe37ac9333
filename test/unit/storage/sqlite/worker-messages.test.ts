import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import {
  failureOf,
  handOver,
  isCall,
  isReply,
  isWorkerStart,
  plainFailure,
  transferOf,
} from '../../../../src/storage/sqlite/worker-messages.ts';
import { workerUrl } from '../../../../src/storage/sqlite/worker-url.ts';

const failure = { code: 'store', message: 'm', hint: null };

describe('the border of a thread', () => {
  it.each([
    [{ file: '/a', role: 'writer' }, true],
    [{ file: '/a', role: 'reader' }, true],
    [{ file: '/a', role: 'owner' }, false],
    [{ role: 'writer' }, false],
    [null, false],
    ['writer', false],
  ])('takes %j as a start: %s', (data, expected) => {
    expect(isWorkerStart(data)).toBe(expected);
  });

  it.each([
    [{ id: 1, operation: 'totals', input: null }, true],
    [{ id: 1.5, operation: 'totals' }, false],
    [{ id: 1 }, false],
    [undefined, false],
  ])('takes %j as a call: %s', (message, expected) => {
    expect(isCall(message)).toBe(expected);
  });

  it.each([
    [{ kind: 'ready' }, true],
    [{ kind: 'not-ready', failure }, true],
    [{ kind: 'not-ready' }, false],
    [{ kind: 'answer', id: 1, value: undefined }, true],
    [{ kind: 'answer', value: 1 }, false],
    [{ kind: 'refusal', id: 1, failure }, true],
    [{ kind: 'refusal', id: 1, failure: { ...failure, code: 'nonsense' } }, false],
    [{ kind: 'refusal', id: 1, failure: { ...failure, hint: 3 } }, false],
    [{ kind: 'refusal', id: 1, failure: { code: 'store' } }, false],
    [{ kind: 'else' }, false],
    [7, false],
  ])('takes %j as a reply: %s', (message, expected) => {
    expect(isReply(message)).toBe(expected);
  });

  it('carries a failure over, without its cause', () => {
    for (const options of [{}, { hint: 'do this', cause: new Error('secret') }]) {
      const there = failureOf(plainFailure(new Failure('conflict', 'no', options)));
      expect(there).toBeInstanceOf(Failure);
      expect(there).toMatchObject({ code: 'conflict', message: 'no', hint: options.hint ?? null });
      expect(there.cause).toBeUndefined();
    }
  });
});

describe('workerUrl', () => {
  const source = 'file:///app/src/storage/sqlite/worker-url.ts';

  it('is beside the bundle in the build, whatever is set', () => {
    for (const threads of [undefined, '/elsewhere']) {
      const url = workerUrl('results-worker', 'file:///app/out/main/chunk-abc.js', threads);
      expect(url.pathname).toBe('/app/out/main/results-worker.js');
    }
  });

  it('is a bundle in the folder that is set where sources run, else the TypeScript beside the file', () => {
    expect(workerUrl('results-worker', source, '/else where').pathname).toBe('/else%20where/results-worker.js');
    vi.stubEnv('PODWATT_THREADS', undefined);
    expect(workerUrl('results-worker', source).pathname).toBe('/app/src/storage/sqlite/results-worker.ts');
    vi.unstubAllEnvs();
  });

  it('is a bundle in tests', () => {
    expect(workerUrl('results-worker').pathname).toMatch(/podwatt-threads-\d+\/results-worker\.js$/);
    expect(existsSync(workerUrl('results-worker'))).toBe(true);
    expect(existsSync(workerUrl('analysis-worker'))).toBe(true);
  });
});

describe('what goes with an answer', () => {
  const { buffer } = new Float64Array([1, 2]);

  it('are the buffers that were handed over with it', () => {
    const value = handOver({ figures: new Float64Array(buffer) }, [buffer]);
    expect(transferOf({ kind: 'answer', id: 1, value })).toEqual([buffer]);
  });

  it('is nothing of any other', () => {
    for (const value of [{ figures: [1] }, 'text', 5, null, undefined]) {
      expect(transferOf({ kind: 'answer', id: 1, value })).toEqual([]);
    }
    expect(transferOf({ kind: 'refusal', id: 1, failure: { code: 'store', message: 'm', hint: null } })).toEqual([]);
  });
});
