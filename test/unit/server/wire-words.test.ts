import { ORPCError, ValidationError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BreakdownInput, MetricsInput, TimeseriesInput } from '../../../src/contract/schemas/metrics.ts';
import { NodeDetailInput } from '../../../src/contract/schemas/nodes.ts';
import { ExportInput } from '../../../src/contract/schemas/reports.ts';
import { problemResponse, restBody } from '../../../src/server/problem.ts';
import { restErrorBody, toWireError } from '../../../src/server/rpc-errors.ts';
import { describeIssues } from '../../../src/server/validation-issues.ts';
import { createRecordingLog } from '../../fakes/router/recording-log.ts';

const sentence = (schema: z.ZodType, input: unknown) => describeIssues(schema.safeParse(input).error?.issues ?? []);

describe('what is said of a refused input', () => {
  it.each<[z.ZodType, unknown, string]>([
    [
      MetricsInput,
      { start: 'x' },
      'start takes an ISO-8601 instant with Z or an offset, for example 2026-01-31T00:00:00Z',
    ],
    [MetricsInput, { tz: 'x' }, 'tz takes an IANA time zone, for example Europe/Paris'],
    [BreakdownInput, { order: 'up' }, 'order takes asc or desc'],
    [BreakdownInput, { compare: 'perhaps' }, 'compare takes true or false'],
    [ExportInput, { aggregate: 7 }, 'aggregate takes true or false'],
    [ExportInput, { format: 'xml' }, 'format takes csv or json'],
    [TimeseriesInput, { group_by: 'zone' }, 'group_by takes namespace, workload, pod, node, cluster or team'],
  ])('%# names the field and the forms that work', (schema, input, text) => {
    expect(sentence(schema, input)).toBe(text);
  });

  it('names every field with a number that is too large or too small', () => {
    const text = sentence(BreakdownInput, { limit: 0, offset: 20_000 });
    expect(text).toMatch(/^limit: .+; offset: .+$/);
  });

  it('names a field that is missing', () => {
    expect(sentence(NodeDetailInput, { cluster: 'c1' })).toMatch(/^node: /);
  });

  it('says a thing once, and names a field inside another by its whole path', () => {
    const nested = z.object({ rows: z.array(z.object({ at: z.iso.datetime() })) });
    expect(sentence(nested, { rows: [{ at: 'x' }] })).toMatch(/^rows\.0\.at takes an ISO-8601 instant/);
    const issue = { message: 'is wrong', path: ['a'] };
    expect(describeIssues([issue, issue])).toBe('a: is wrong');
  });

  it('speaks of the input where no field is named, and of nothing it does not understand', () => {
    expect(describeIssues([{ message: 'm', code: 'invalid_value', values: ['one'] }])).toBe('The input takes one');
    expect(describeIssues([null, 7])).toBe('The input is not valid');
  });

  it('does not repeat what was given', () => {
    expect(sentence(MetricsInput, { last: 'hunter2', tz: 'hunter2', limit: 'hunter2' })).not.toContain('hunter2');
  });
});

describe('an error for the wire', () => {
  it('of the contract keeps its code, words and way out, and is not logged', () => {
    const log = createRecordingLog();
    const data = { failure: 'timeout', hint: 'Wait.' };
    const ours = new ORPCError('SERVICE_UNAVAILABLE', { status: 503, message: 'Too slow', data });
    expect(toWireError(ours, log)).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      status: 503,
      message: 'Too slow',
      data,
    });
    expect(log.lines).toEqual([]);
  });

  it.each([
    [401, 'UNAUTHORIZED', 'unauthenticated'],
    [403, 'FORBIDDEN', 'forbidden'],
    [404, 'NOT_FOUND', 'not-found'],
    [409, 'CONFLICT', 'conflict'],
    [405, 'METHOD_NOT_SUPPORTED', 'bad-input'],
  ])('%i without data of ours gets the failure of its status', (status, code, failure) => {
    const error = new ORPCError(code, { status, message: 'No', data: { secret: 'hunter2' } });
    const wire = toWireError(error, createRecordingLog());
    expect(wire.data).toEqual({ failure, hint: null });
    expect(wire.status).toBe(status);
  });

  it.each([
    ['an error of the server', new ORPCError('BAD_GATEWAY', { status: 502, message: 'password=hunter2' })],
    ['a plain error', new Error('password=hunter2')],
    ['a text', 'password=hunter2'],
    ['nothing', undefined],
  ])('that is %s is logged and told without its words', (_, error) => {
    const log = createRecordingLog();
    const wire = toWireError(error, log);
    expect(wire).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500, data: { failure: 'unexpected' } });
    expect(JSON.stringify(restErrorBody(wire))).not.toContain('hunter2');
    expect(log.lines).toEqual(['error An operation failed unexpectedly']);
  });

  it('of validation says which field and what works', () => {
    const issues = MetricsInput.safeParse({ last: 'x' }).error?.issues ?? [];
    const cause = new ValidationError({ message: 'Input validation failed', issues, data: { last: 'x' } });
    const wire = toWireError(
      new ORPCError('BAD_REQUEST', { message: 'Input validation failed', cause }),
      createRecordingLog(),
    );
    expect(wire).toMatchObject({ status: 400, data: { failure: 'bad-input', hint: null } });
    expect(wire.message).toMatch(/^last takes a number and a unit: 24h/);
  });
});

describe('the same problem', () => {
  const problem = { status: 403, rpcCode: 'FORBIDDEN', failure: 'forbidden', message: 'No', hint: 'Ask.' } as const;

  it('is flat over REST and wrapped over RPC', async () => {
    expect(restBody(problem)).toEqual({ detail: 'No', code: 'forbidden', hint: 'Ask.' });
    expect(await problemResponse(problem, '/api/v1/x').json()).toEqual(restBody(problem));
    expect(await problemResponse(problem, '/rpc/x').json()).toEqual({
      json: {
        defined: true,
        code: 'FORBIDDEN',
        status: 403,
        message: 'No',
        data: { failure: 'forbidden', hint: 'Ask.' },
      },
      meta: [],
    });
  });

  it('is kept by nobody', () => {
    expect(problemResponse(problem, '/api/v1/x').headers.get('cache-control')).toBe('no-store');
  });
});
