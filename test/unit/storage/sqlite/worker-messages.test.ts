import { describe, expect, it } from 'vitest';
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
  it('is the TypeScript file in the sources, and the JavaScript file beside the bundle', () => {
    expect(workerUrl('results-worker', 'file:///app/src/storage/sqlite/worker-url.ts').pathname).toBe(
      '/app/src/storage/sqlite/results-worker.ts',
    );
    expect(workerUrl('results-worker', 'file:///app/out/main/chunk-abc.js').pathname).toBe(
      '/app/out/main/results-worker.js',
    );
    expect(workerUrl('results-worker').pathname).toMatch(/src\/storage\/sqlite\/results-worker\.ts$/);
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
