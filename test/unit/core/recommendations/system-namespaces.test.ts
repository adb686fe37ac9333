import { describe, expect, it } from 'vitest';
import { isPseudoNamespace, isSystemNamespace } from '../../../../src/core/recommendations/system-namespaces.ts';

describe('namespaces of the system', () => {
  it.each([
    'kube-system',
    'kube-public',
    'kube-node-lease',
    'kube-flannel',
    'openshift-monitoring',
    'gke-managed-system',
    'istio-system',
    'tigera-operator',
    '__unallocated__',
  ])('%s is one', (name) => {
    expect(isSystemNamespace(name)).toBe(true);
  });

  it.each(['default', 'shop', 'billing-system', 'kubernetes', 'monitoring', 'kube', 'my-kube-system', ''])(
    '%j is somebody’s own',
    (name) => {
      expect(isSystemNamespace(name)).toBe(false);
    },
  );

  it('rows that are no namespace are told apart', () => {
    expect(['__system__', '__storage__', 'kube-system'].map(isPseudoNamespace)).toEqual([true, true, false]);
  });
});
