import { randomBytes } from 'node:crypto';
import { ClusterRegistry, type ConsentPolicy } from '../../../../src/backend/registry/cluster-registry.ts';
import { RegisteredContexts } from '../../../../src/backend/registry/registered-contexts.ts';
import { KeyRing } from '../../../../src/backend/secrets/key-ring.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { kubeconfigYaml } from '../../../fakes/kubernetes/kubeconfig-yaml.ts';

export const TOKEN = 'canary-token-51c9';

export const pasted = (user: Record<string, unknown> = { token: TOKEN }, cluster: Record<string, unknown> = {}) =>
  kubeconfigYaml({ context: 'shop-admin', server: 'https://shop.example:6443', user, cluster });

export const newCluster = (kubeconfig: string) => ({
  name: 'shop',
  kubeconfig,
  contextName: null,
  description: null,
  environment: null,
  tags: [],
  hasConsent: false,
});

/** A registry over a memory store whose clusters answer as a fake one does. */
export function registryBench(options: { consent?: ConsentPolicy; key?: Uint8Array } = {}) {
  const { consent = 'asked', key = randomBytes(32) } = options;
  const store = new MemoryStore();
  const time = new ManualTime(1_000_000);
  const cluster = new FakeCluster();
  const keys = new KeyRing({ dataDir: '/nonexistent', state: new MemoryState(), host: async () => key });
  const connected: string[] = [];
  const collecting = new Map<string, boolean>();
  const forgotten: string[] = [];
  const taken = new Set(['kind-local']);
  const contexts = new RegisteredContexts({
    store,
    keys,
    clock: time,
    connect: async (contextName) => {
      connected.push(await contexts.textOf(contextName));
      return cluster.connect();
    },
  });
  const registry = new ClusterRegistry({
    store,
    keys,
    clock: time,
    changes: { publish: () => undefined },
    consent,
    connect: async (text) => {
      connected.push(text);
      return cluster.connect();
    },
    contextNames: async () => new Set([...taken, ...(await contexts.list()).contexts.map(({ name }) => name)]),
    contextsChanged: () => contexts.changed(),
    startCollecting: async (name) => void collecting.set(name, true),
    stopCollecting: async (name) => void collecting.set(name, false),
    forgetContext: async (name) => void forgotten.push(name),
    refuseReadOnly: () => undefined,
  });
  return { registry, contexts, store, time, cluster, keys, connected, collecting, forgotten, taken };
}
