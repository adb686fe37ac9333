import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinnedReason } from '../../../../src/core/kubernetes/pinned.ts';
import { qosClassOf } from '../../../../src/core/kubernetes/qos.ts';
import { selects } from '../../../../src/core/kubernetes/selector-match.ts';
import { ANYWHERE, volumePlace } from '../../../../src/core/kubernetes/volume-place.ts';
import type { Selector } from '../../../../src/model/scheduling.ts';

describe('why a pod can not be moved', () => {
  const free = { annotations: {}, hasOwner: true, isStatic: false, hostPaths: [] };
  const safe = (value: string) => ({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': value });

  test.each([
    ['nothing', {}, null],
    ['the autoscaler’s word', { annotations: safe('false') }, /safe-to-evict: "false"$/],
    ['Karpenter’s word', { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }, /do-not-disrupt: "true"$/],
    ['a directory of the node', { hostPaths: ['/mnt/data'] }, 'Keeps data in /mnt/data of its node'],
    ['a directory that is said to be nothing', { hostPaths: ['/mnt/data'], annotations: safe('true') }, null],
    ['directories of the system', { hostPaths: ['/etc/ssl', '/var/run/docker.sock', '/proc'] }, null],
    ['one that only begins like one', { hostPaths: ['/etcd-data'] }, /\/etcd-data/],
    ['no owner', { hasOwner: false }, /No controller/],
    ['no owner, and said to be safe', { hasOwner: false, annotations: safe('true') }, /No controller/],
    ['a static pod', { hasOwner: false, isStatic: true, hostPaths: ['/mnt'] }, null],
  ])('%s', (_, part, reason) => {
    const told = pinnedReason({ ...free, ...part });
    if (reason instanceof RegExp) expect(told).toMatch(reason);
    else expect(told).toBe(reason);
  });
});

describe('the QoS class of a template', () => {
  const none = {
    cpuRequestMillicores: null,
    cpuLimitMillicores: null,
    memoryRequestBytes: null,
    memoryLimitBytes: null,
  };
  const full = { ...none, cpuLimitMillicores: 500, memoryLimitBytes: 64 };

  test.each([
    ['BestEffort', 'nothing set', [none, none]],
    ['BestEffort', 'zeros', [{ ...none, cpuRequestMillicores: 0 }]],
    ['Burstable', 'one request', [{ ...none, memoryRequestBytes: 64 }]],
    ['Burstable', 'limits of one of two', [full, none]],
    ['Burstable', 'no limit of memory', [{ ...full, memoryLimitBytes: null, memoryRequestBytes: 64 }]],
    ['Burstable', 'a request below its limit', [{ ...full, cpuRequestMillicores: 499 }]],
    ['Guaranteed', 'limits alone', [full]],
    ['Guaranteed', 'equal requests', [{ ...full, cpuRequestMillicores: 500, memoryRequestBytes: 64 }]],
  ] as const)('%s: %s', (qosClass, _, containers) => {
    expect(qosClassOf(containers)).toBe(qosClass);
  });
});

describe('a selector', () => {
  const labels = { app: 'cart', tier: 'web' };
  const of = (matchLabels: Selector['matchLabels'], ...requirements: Selector['requirements'][number][]) =>
    selects({ matchLabels, requirements }, labels);
  const asks = (key: string, operator: string, ...values: string[]) => of({}, { key, operator, values });

  test('that asks for nothing is met', () => expect(of({})).toBe(true));
  test('wants all of its labels', () => {
    expect([of({ app: 'cart' }), of({ app: 'cart', tier: 'db' }), of({ zone: '' })]).toEqual([true, false, false]);
  });
  test.each([
    [asks('app', 'In', 'cart', 'x'), true],
    [asks('app', 'In', 'x'), false],
    [asks('zone', 'In', 'x'), false],
    [asks('app', 'NotIn', 'cart'), false],
    [asks('zone', 'NotIn', 'a'), true],
    [asks('app', 'Exists'), true],
    [asks('zone', 'Exists'), false],
    [asks('zone', 'DoesNotExist'), true],
    [asks('app', 'DoesNotExist'), false],
    // An operator that is not known is met by nothing.
    [asks('app', 'Gt', '1'), false],
  ])('requirement %#', (isMet, expected) => expect(isMet).toBe(expected));
});

describe('selectors of any labels', () => {
  const key = fc.constantFrom('app', 'tier', 'zone');
  const value = fc.constantFrom('a', 'b', '');
  const anyLabels = fc.dictionary(key, value);
  const values = fc.array(value, { maxLength: 3 });
  const one = (of: { key: string; operator: string; values: readonly string[] }, labels: Record<string, string>) =>
    selects({ matchLabels: {}, requirements: [of] }, labels);

  test('NotIn and DoesNotExist are the opposites of In and Exists', () => {
    fc.assert(
      fc.property(anyLabels, key, values, (labels, of, among) => {
        const requirement = { key: of, values: among };
        expect(one({ ...requirement, operator: 'NotIn' }, labels)).toBe(
          !one({ ...requirement, operator: 'In' }, labels),
        );
        expect(one({ ...requirement, operator: 'DoesNotExist' }, labels)).toBe(
          !one({ ...requirement, operator: 'Exists' }, labels),
        );
      }),
    );
  });

  test('labels meet themselves, and one more never makes a selector of labels fail', () => {
    fc.assert(
      fc.property(anyLabels, anyLabels, (labels, more) => {
        const own: Selector = { matchLabels: labels, requirements: [] };
        expect(selects(own, { ...more, ...labels })).toBe(true);
      }),
    );
  });
});

describe('where volumes keep a pod', () => {
  const node = { labels: { 'topology.kubernetes.io/zone': 'eu-west-3b' } };
  const volume = (provisioner: string | null) => ({ claim: 'data-0', provisioner });

  test('a disk of the node pins it, also beside one of the network', () => {
    const place = volumePlace([volume('ebs.csi.aws.com'), volume('rancher.io/local-path')], node);
    expect(place).toEqual({ pinned: 'Its volume data-0 is on a disk of its node', requirements: [] });
  });

  test('a disk of a zone keeps it in the zone of its node', () => {
    const requirement = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-west-3b'] };
    expect(volumePlace([volume('pd.csi.storage.gke.io')], node)).toEqual({ pinned: null, requirements: [requirement] });
    expect(volumePlace([volume('disk.csi.azure.com')], null)).toBe(ANYWHERE);
    expect(volumePlace([volume('disk.csi.azure.com')], { labels: {} })).toBe(ANYWHERE);
  });

  test('storage of the network and unknown kinds do not', () => {
    expect(volumePlace([volume('efs.csi.aws.com'), volume(null)], node)).toBe(ANYWHERE);
    expect(volumePlace([], node)).toBe(ANYWHERE);
  });
});
