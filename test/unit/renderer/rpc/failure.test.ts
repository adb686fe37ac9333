import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { ConnectionLost, failureOf, isAbort } from '../../../../src/renderer/rpc/failure.ts';

describe('failureOf', () => {
  it('keeps the words of the backend', () => {
    const error = new ORPCError('FORBIDDEN', {
      message: 'Prometheus refused the query',
      data: { failure: 'forbidden', hint: 'Add the rule.' },
    });
    expect(failureOf(error)).toEqual({
      code: 'forbidden',
      message: 'Prometheus refused the query',
      hint: 'Add the rule.',
    });
  });

  it('says that the connection was lost', () => {
    expect(failureOf(new ConnectionLost()).code).toBe('connection-lost');
    expect(failureOf(new ConnectionLost('out of memory')).message).toBe('out of memory');
  });

  it('never shows what it does not know: it could hold anything', () => {
    for (const strange of [new Error('token=abc'), 'token=abc', null, undefined, { message: 'token=abc' }]) {
      expect(failureOf(strange).code).toBe('unexpected');
      expect(JSON.stringify(failureOf(strange))).not.toContain('abc');
    }
    const halfCoded = new ORPCError('FORBIDDEN', { message: 'token=abc', data: { other: true } });
    expect(failureOf(halfCoded).code).toBe('unexpected');
  });

  it('knows what a person stopped', () => {
    const stopped = new DOMException('x', 'AbortError');
    expect(isAbort(stopped)).toBe(true);
    expect(failureOf(stopped).code).toBe('cancelled');
    expect(isAbort(new Error('AbortError'))).toBe(false);
  });
});
