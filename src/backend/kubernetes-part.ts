import type { SyncDesk } from '../core/ports/sync-desk.ts';
import type { ApiDeps } from './api/deps.ts';
import type { KubernetesDeps } from './api/kubernetes/deps.ts';
import type { Collecting } from './clusters/collecting.ts';
import type { ClusterDeps } from './clusters/session-deps.ts';
import { SharedClients } from './clusters/shared-clients.ts';
import { refuseReadOnly } from './clusters/without-store.ts';
import type { BackendConfig } from './config.ts';
import { ClusterRegistry, type RegistryDeps } from './registry/cluster-registry.ts';
import { type ConnectTextDeps, connectShared, openText } from './registry/connect-text.ts';
import { RegisteredContexts } from './registry/registered-contexts.ts';
import type { KeyRing } from './secrets/key-ring.ts';

/** Contexts of the clusters that were registered by their kubeconfig. */
export function openRegistered(
  shared: Pick<ClusterDeps, 'store' | 'clock' | 'timers'> & { random: () => number },
  parts: { readonly keys: KeyRing; readonly env: Readonly<Record<string, string | undefined>> },
): { readonly contexts: RegisteredContexts; readonly connect: RegistryDeps['connect'] } {
  const { store, clock, timers, random } = shared;
  const { keys, env } = parts;
  const deps: ConnectTextDeps = { env, clock, timers, random };
  const clients = new SharedClients(async (contextName) =>
    openText(await contexts.textOf(contextName), contextName, deps),
  );
  const contexts = new RegisteredContexts({
    store,
    keys,
    clock,
    connect: (contextName, options) => connectShared(clients, contextName, options, deps),
  });
  contexts.watch(() => clients.forgetAll());
  return {
    contexts,
    connect: (text, contextName, options) => {
      const alone = new SharedClients((name) => openText(text, name, deps));
      return connectShared(alone, contextName, options, deps);
    },
  };
}

/** The registry with what the operations of the Kubernetes part need. */
export function composeKubernetes(
  config: BackendConfig,
  deps: ClusterDeps & Pick<ApiDeps, 'contextSettings' | 'contextStates'>,
  parts: {
    readonly registered: ReturnType<typeof openRegistered>;
    readonly keys: KeyRing;
    readonly sealSettingsAnew: () => Promise<void>;
    readonly collecting: Collecting;
    readonly sync: SyncDesk;
    readonly backfillSeconds: number;
  },
): KubernetesDeps {
  const { store, clock, changes, directory } = deps;
  const { registered, keys, sealSettingsAnew, collecting, sync, backfillSeconds } = parts;
  const contextsChanged = () => registered.contexts.changed();
  const refuseWrites = () => refuseReadOnly(store.status);
  const registry = new ClusterRegistry({
    store,
    keys,
    clock,
    changes,
    consent: config.kubeconfigConsent ?? 'refused',
    connect: registered.connect,
    contextNames: async () => new Set((await directory.list()).contexts.map((context) => context.name)),
    contextsChanged,
    startCollecting: async (contextName, clusterId) => {
      await deps.remember(contextName, { collecting: true, historyStopped: false, backfillSeconds, clusterId });
      collecting.start(contextName);
    },
    stopCollecting: async (contextName) => void (await collecting.switchOff(contextName)),
    forgetContext: async (contextName) => {
      await deps.contextSettings.update((all) => without(all, contextName));
      await deps.contextStates.update((all) => without(all, contextName));
    },
    refuseReadOnly: refuseWrites,
  });
  return {
    kubernetes: store,
    registry,
    sync,
    workers: [],
    rotation: { store, keys, sealSettingsAnew, contextsChanged, refuseReadOnly: refuseWrites },
    clock,
  };
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
}
