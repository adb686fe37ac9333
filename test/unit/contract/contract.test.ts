import type { AnyContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import { DESKTOP_CHANNELS } from '../../../src/contract/desktop-channels.ts';
import { errors } from '../../../src/contract/errors.ts';
import { PAGE_POLICY } from '../../../src/contract/page-policy.ts';

const operations: [string, AnyContractProcedure][] = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([name, procedure]): [string, AnyContractProcedure] => [`${group}.${name}`, procedure]),
);
const routed = operations.flatMap(([name, procedure]) => {
  const { path, method } = procedure['~orpc'].route;
  return path === undefined ? [] : [{ name, path, method }];
});

describe('the contract', () => {
  test('serves the routes of the carbon interface under their fixed paths', () => {
    expect(routed.map((each) => each.path)).toEqual(
      expect.arrayContaining([
        '/health',
        '/version',
        '/config',
        '/metrics',
        '/metrics/summary',
        '/metrics/timeseries',
        '/breakdown',
        '/namespaces',
        '/nodes',
        '/report/summary',
      ]),
    );
  });

  test('no path is there twice, and what has one only reads', () => {
    expect(new Set(routed.map((each) => each.path)).size).toBe(routed.length);
    expect(new Set(routed.map((each) => each.method))).toEqual(new Set(['GET']));
  });

  test('what changes something is not a REST route, so that no link can set it off', () => {
    const names = routed.map((each) => each.name);
    for (const changing of [
      'contexts.setCollecting',
      'contexts.updateSettings',
      'contexts.collect',
      'clusters.stopReading',
      'settings.update',
    ]) {
      expect(operations.map(([name]) => name)).toContain(changing);
      expect(names).not.toContain(changing);
    }
  });

  test.each(operations)('%s has an output that is checked, and the common errors', (_name, procedure) => {
    expect(procedure['~orpc'].outputSchema).toBeDefined();
    expect(procedure['~orpc'].errorMap).toMatchObject(errors);
  });

  test('every REST route says in the documentation what it is', () => {
    for (const [name, procedure] of operations) {
      const { path, summary, tags } = procedure['~orpc'].route;
      if (path === undefined) continue;
      expect(summary ?? '', name).not.toBe('');
      expect(tags, name).toHaveLength(1);
    }
  });
});

test('each error has the status of its name', () => {
  expect(Object.fromEntries(Object.entries(errors).map(([code, { status }]) => [code, status]))).toEqual({
    BAD_REQUEST: 400,
    UNAUTHORIZED: 401,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    CONFLICT: 409,
    INTERNAL_SERVER_ERROR: 500,
    SERVICE_UNAVAILABLE: 503,
  });
});

describe('the policy of pages', () => {
  const policy = new Map(
    PAGE_POLICY.split('; ').map((directive): [string, string[]] => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

  test('lets scripts and connections come from Podwatt alone', () => {
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
  });

  test('names no foreign host, no eval, and lets nobody frame the page', () => {
    expect(PAGE_POLICY).not.toMatch(/https?:|\*|unsafe-eval|wss?:|blob:/);
    for (const closed of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(policy.get(closed)).toEqual(["'none'"]);
  });
});

test('channels of the desktop app are apart', () => {
  const names = Object.values(DESKTOP_CHANNELS);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name.startsWith('podwatt:'))).toBe(true);
});
