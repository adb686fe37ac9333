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

  test('no route is there twice, and only these change something', () => {
    expect(new Set(routed.map((each) => `${each.method} ${each.path}`)).size).toBe(routed.length);
    const changing = routed
      .filter(({ method = 'POST' }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`);
    expect(changing.sort()).toEqual([
      'DELETE /budgets/{id}',
      'DELETE /k8s/clusters/{id}',
      'DELETE /recommendations/{id}/ignore',
      'DELETE /tokens/{id}',
      'PATCH /budgets/{id}',
      'PATCH /k8s/clusters/{id}',
      'PATCH /recommendations/{id}/apply',
      'PATCH /recommendations/{id}/ignore',
      'POST /budgets',
      'POST /budgets/alerts/{id}/seen',
      'POST /k8s/clusters',
      'POST /k8s/clusters/preview',
      'POST /k8s/clusters/{id}/sync',
      'POST /tokens',
    ]);
  });

  test('what changes something is no GET, so that no link can set it off', () => {
    const names = routed.filter((each) => each.method === 'GET').map((each) => each.name);
    for (const changing of [
      'contexts.setCollecting',
      'contexts.updateSettings',
      'contexts.collect',
      'clusters.stopReading',
      'settings.update',
      'k8s.register',
      'k8s.rotateKey',
    ]) {
      expect(operations.map(([name]) => name)).toContain(changing);
      expect(names).not.toContain(changing);
    }
  });

  test('serves the 19 routes of the Kubernetes interface under their fixed paths and statuses', () => {
    const statuses = Object.fromEntries(
      operations.flatMap(([, procedure]) => {
        const { path, method, successStatus } = procedure['~orpc'].route;
        return path === undefined ? [] : [[`${method} ${path}`, successStatus ?? 200]];
      }),
    );
    expect(statuses).toMatchObject({
      'POST /k8s/clusters': 201,
      'GET /k8s/clusters': 200,
      'GET /k8s/clusters/{id}': 200,
      'PATCH /k8s/clusters/{id}': 200,
      'DELETE /k8s/clusters/{id}': 204,
      'POST /k8s/clusters/{id}/sync': 202,
      'GET /k8s/clusters/{id}/health': 200,
      'GET /k8s/clusters/{id}/namespaces': 200,
      'GET /k8s/namespaces/{id}/costs': 200,
      'GET /k8s/clusters/{id}/nodes': 200,
      'GET /k8s/namespaces/{id}/deployments': 200,
      'GET /k8s/deployments/{id}': 200,
      'GET /k8s/deployments/{id}/pods': 200,
      'GET /k8s/namespaces/{id}/pods': 200,
      'GET /k8s/pods/{id}': 200,
      'GET /k8s/helm/releases': 200,
      'GET /k8s/metrics/cluster/{id}': 200,
      'GET /k8s/metrics/namespace/{id}': 200,
      'GET /k8s/workers/status': 200,
    });
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
