import { describe, expect, test } from 'vitest';
import { missingRole, rightsNotice } from '../../../../src/backend/sync/rights-notice.ts';
import { FOLLOWED_RESOURCES } from '../../../../src/core/ports/object-feed.ts';
import { Failure } from '../../../../src/model/failure.ts';

const forbidden = new Failure('forbidden', 'no');

describe('a missing right', () => {
  test('names verb and resource, and the smallest role that gives it', () => {
    const refused = rightsNotice('deployments', { kind: 'refused', failure: forbidden });
    expect(refused).toMatchObject({ code: 'sync-forbidden-list-deployments', severity: 'info' });
    expect(refused?.message).toMatch(/^You may not list deployments\./);
    expect(refused?.hint).toContain(
      '- apiGroups: ["apps"]\n    resources: ["deployments"]\n    verbs: ["list", "watch"]',
    );
    const watch = rightsNotice('pods', { kind: 'polling', failure: forbidden });
    expect(watch?.hint).toContain('resources: ["pods"]\n    verbs: ["watch"]');
  });

  test('is one of several that one role gives together, no more than is missing', () => {
    const missing = [
      rightsNotice('deployments', { kind: 'refused', failure: forbidden }),
      rightsNotice('statefulsets', { kind: 'refused', failure: forbidden }),
      rightsNotice('pods', { kind: 'polling', failure: forbidden }),
      rightsNotice('verticalpodautoscalers', { kind: 'refused', failure: forbidden }),
    ].filter((each) => each !== null);
    expect(missing.map(({ verb, resource, apiGroup }) => `${verb} ${apiGroup}/${resource}`)).toEqual([
      'list apps/deployments',
      'list apps/statefulsets',
      'watch /pods',
      'list autoscaling.k8s.io/verticalpodautoscalers',
    ]);
    expect(missingRole(missing)).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: podwatt-reader
rules:
  - apiGroups: ["apps"]
    resources: ["deployments", "statefulsets"]
    verbs: ["list", "watch"]
  - apiGroups: [""]
    resources: ["pods"]
    verbs: ["watch"]
  - apiGroups: ["autoscaling.k8s.io"]
    resources: ["verticalpodautoscalers"]
    verbs: ["list", "watch"]
`);
    expect(missingRole([])).toBeNull();
  });

  test('of Secrets says that Helm releases are left out', () => {
    expect(rightsNotice('secrets', { kind: 'refused', failure: forbidden })?.message).toContain('Helm releases');
  });

  test('matters most for nodes and pods', () => {
    const severities = FOLLOWED_RESOURCES.filter(
      (resource) => rightsNotice(resource, { kind: 'refused', failure: forbidden })?.severity === 'warning',
    );
    expect(severities).toEqual(['nodes', 'pods']);
  });

  test('is none where the list works, fails, or is absent', () => {
    expect(rightsNotice('pods', { kind: 'live', failure: null })).toBeNull();
    expect(rightsNotice('pods', { kind: 'failed', failure: forbidden })).toBeNull();
    expect(rightsNotice('pods', { kind: 'absent', failure: new Failure('not-found', 'x') })).toBeNull();
    expect(rightsNotice('pods', { kind: 'polling', failure: new Failure('not-found', 'x') })).toBeNull();
  });
});
