import { expect, test } from 'vitest';
import { cachedInventory } from '../../../../src/backend/sync/cached-inventory.ts';
import { Owners } from '../../../../src/backend/sync/owners.ts';
import { SyncCache } from '../../../../src/backend/sync/sync-cache.ts';
import { readNamespaceObject } from '../../../../src/collectors/kubernetes/objects/others.ts';
import { readPodObject } from '../../../../src/collectors/kubernetes/objects/pod.ts';
import { DEFAULT_OWNER_LABELS } from '../../../../src/core/kubernetes/owner-labels.ts';

const cache = new SyncCache(() => 100);
const namespace = (name: string, labels: Record<string, string>) => {
  const seen = readNamespaceObject({ metadata: { name, labels } }, DEFAULT_OWNER_LABELS);
  if (seen !== null) cache.put('namespaces', seen);
};
const pod = (inNamespace: string, name: string, labels: Record<string, string> = {}) => {
  const seen = readPodObject({ metadata: { namespace: inNamespace, name, labels } }, DEFAULT_OWNER_LABELS);
  if (seen !== null) cache.put('pods', seen);
};
const inventory = () =>
  cachedInventory(cache, new Owners(cache), { readAtSeconds: 100, notices: [], hasClaims: false });
const teams = () => Object.fromEntries(inventory().pods.map(({ name, team }) => [name, team]));

test('a pod has its own cost center, else its namespace’s, apart from its team', () => {
  namespace('billed', { team: 'a', 'cost-center': '17' });
  pod('billed', 'inherits-both');
  pod('billed', 'own-team', { team: 'b' });
  pod('billed', 'own-center', { 'cost-center': '18' });
  const { pods, namespaces } = inventory();
  const of = (name: string) => {
    const found = pods.find((each) => each.name === name);
    return [found?.team, found?.costCenter];
  };
  expect([of('inherits-both'), of('own-team'), of('own-center')]).toEqual([
    ['a', '17'],
    ['b', '17'],
    ['a', '18'],
  ]);
  expect(namespaces).toContainEqual({ name: 'billed', team: 'a', costCenter: '17' });
});

test('a pod has its own team, else its namespace’s of now, else none', () => {
  namespace('shop', { team: 'checkout' });
  namespace('bare', { 'app.kubernetes.io/part-of': 'shop' });
  pod('shop', 'inherits');
  pod('shop', 'own', { squad: 'search' });
  pod('shop', 'blank', { team: '' });
  pod('bare', 'nobodys');
  pod('unlisted', 'lost');
  expect(teams()).toMatchObject({ inherits: 'checkout', own: 'search', blank: 'checkout', nobodys: null, lost: null });
  namespace('shop', { team: 'payments' });
  expect(teams()).toMatchObject({ inherits: 'payments', own: 'search' });
});
