import { describe, expect, it } from 'vitest';
import { createQueryClient, isWorthHalving } from '../../../../src/collectors/prometheus/query-client.ts';
import { Failure, type FailureCode, isFailure } from '../../../../src/model/failure.ts';
import { fakeTransport, matrix, NO_SIGNAL, series } from './fake-client.ts';

const STEPS = { startSeconds: 3600, endSeconds: 7200, stepSeconds: 3600 };
const SECRET_BODY = 'token=hunter2-do-not-show';

async function failureOf(
  answer: { status?: number; text?: string; contentType?: string | null } | Error,
): Promise<Failure> {
  const client = createQueryClient({ transport: fakeTransport(() => answer), headers: {} });
  try {
    await client.range('up', STEPS, NO_SIGNAL);
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
  throw new Error('no failure');
}

describe('a whole answer', () => {
  it('becomes series; the query goes as form fields with the headers', async () => {
    const transport = fakeTransport(() => matrix(series({ pod: 'a' }, [3600, 1.5], [7200, 2])));
    const client = createQueryClient({ transport, headers: { 'X-Scope-OrgID': 'team-7' } });
    expect(await client.range('up', STEPS, NO_SIGNAL)).toEqual([series({ pod: 'a' }, [3600, 1.5], [7200, 2])]);
    expect(transport.requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/query_range',
      parameters: { query: 'up', start: '3600', end: '7200', step: '3600' },
      headers: { 'X-Scope-OrgID': 'team-7' },
      timeoutMilliseconds: 12_000,
    });
  });

  it('drops NaN and infinities as missing, and a series without anything else', async () => {
    const text = JSON.stringify({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { pod: 'a' },
            values: [
              [1, 'NaN'],
              [2, '3'],
              [3, '+Inf'],
              [4, '-Inf'],
            ],
          },
          { metric: { pod: 'b' }, values: [[1, 'NaN']] },
          { metric: { pod: 'c' }, histograms: [] },
        ],
      },
    });
    const client = createQueryClient({ transport: fakeTransport(() => ({ text })), headers: {} });
    expect(await client.range('x', STEPS, NO_SIGNAL)).toEqual([series({ pod: 'a' }, [2, 3])]);
  });

  it('keeps the warnings of partial answers, each once', async () => {
    const text = JSON.stringify({
      status: 'success',
      warnings: ['store gone'],
      data: { resultType: 'matrix', result: [] },
    });
    const client = createQueryClient({ transport: fakeTransport(() => ({ text })), headers: {} });
    await client.range('x', STEPS, NO_SIGNAL);
    await client.range('x', STEPS, NO_SIGNAL);
    expect(client.takeWarnings()).toEqual(['store gone']);
    expect(client.takeWarnings()).toEqual([]);
  });

  it('asks with GET where POST is refused, and stays with it', async () => {
    const transport = fakeTransport(({ method }) => (method === 'POST' ? { status: 403 } : matrix()));
    const client = createQueryClient({ transport, headers: {} });
    await client.range('x', STEPS, NO_SIGNAL);
    await client.range('x', STEPS, NO_SIGNAL);
    expect(transport.requests.map((request) => request.method)).toEqual(['POST', 'GET', 'GET']);
  });
});

describe('a bad answer', () => {
  const page = { text: `<html>${SECRET_BODY}</html>`, contentType: 'text/html; charset=utf-8' };
  const error = (errorType: string, text: string) => JSON.stringify({ status: 'error', errorType, error: text });
  it.each<[string, { status?: number; text?: string; contentType?: string }, FailureCode, RegExp]>([
    ['HTML', page, 'bad-answer', /web page/],
    ['an empty body', { text: '' }, 'bad-answer', /empty/],
    ['truncated JSON', { text: '{"status":"success","data":{"resu' }, 'bad-answer', /damaged/],
    ['another program', { text: `{"hello":"${SECRET_BODY}"}` }, 'bad-answer', /damaged/],
    ['401', { status: 401, text: SECRET_BODY }, 'unauthenticated', /credentials/],
    ['403', { status: 403, text: SECRET_BODY }, 'forbidden', /does not allow/],
    ['404', { status: 404, text: SECRET_BODY }, 'not-found', /no Prometheus query API/],
    ['500 without JSON', { status: 500, text: SECRET_BODY }, 'bad-answer', /HTTP 500/],
    [
      '500 with an error',
      { status: 500, text: error('internal', 'block is corrupt') },
      'bad-answer',
      /block is corrupt/,
    ],
    ['503', { status: 503, text: SECRET_BODY }, 'unreachable', /not ready/],
    ['504', { status: 504, text: SECRET_BODY }, 'timeout', /too long/],
    ['413', { status: 413, text: SECRET_BODY }, 'too-large', /too large/],
    ['status error', { text: error('bad_data', 'unknown label') }, 'bad-answer', /unknown label/],
    ['a query time-out', { status: 503, text: error('timeout', 'query timed out') }, 'unreachable', /timed out/],
    [
      'too many samples',
      { status: 422, text: error('execution', 'query processing would load too many samples') },
      'too-large',
      /too large/,
    ],
    [
      'too many points',
      { status: 400, text: error('bad_data', 'exceeded maximum resolution of 11,000 points') },
      'too-large',
      /too large/,
    ],
  ])('%s has its own failure with a way out', async (_name, answer, code, message) => {
    const failure = await failureOf(answer);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain('monitoring/prometheus:80');
    expect(failure.hint ?? '').not.toBe('');
    expect(`${failure.message}${failure.hint}`).not.toContain('hunter2');
  });

  it('shortens a long error of a query', async () => {
    const failure = await failureOf({ status: 422, text: error('execution', 'x'.repeat(5000)) });
    expect(failure.message.length).toBeLessThan(300);
  });

  it('passes failures of the transport on', async () => {
    expect((await failureOf(new Failure('timeout', 'no answer'))).code).toBe('timeout');
  });

  it('is worth halving only if size or time was the reason', () => {
    expect(isWorthHalving(new Failure('too-large', ''))).toBe(true);
    expect(isWorthHalving(new Failure('timeout', ''))).toBe(true);
    expect(isWorthHalving(new Failure('unauthenticated', ''))).toBe(false);
    expect(isWorthHalving(new Error('x'))).toBe(false);
  });
});

describe('buildInfo', () => {
  it('is null where the server has none', async () => {
    const client = createQueryClient({ transport: fakeTransport(() => ({ status: 404 })), headers: {} });
    expect(await client.buildInfo(NO_SIGNAL)).toBeNull();
  });
});
