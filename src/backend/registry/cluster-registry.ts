import type { KubeconfigPreview } from '../../contract/schemas/kubernetes/clusters.ts';
import type { Clock } from '../../core/ports/clock.ts';
import {
  type ClusterConnection,
  type ConnectOptions,
  NO_OPENCOST_SETTINGS,
  NO_PROMETHEUS_SETTINGS,
} from '../../core/ports/cluster-source.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { ClusterEntry, Environment } from '../../model/kubernetes/cluster-entry.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { signalOr } from '../changes/wait-for.ts';
import { identify } from '../clusters/reach.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { allEntries } from './all-entries.ts';
import { demandsSomething } from './kubeconfig-demands.ts';
import type { ChosenContext } from './pasted-kubeconfig.ts';
import { type RemovalWords, removalWords } from './removal-words.ts';
import { sealKubeconfig } from './sealed-kubeconfigs.ts';

/** `asked`: a person is there to allow it. `refused`: a server, where a request must not start programs. */
export type ConsentPolicy = 'asked' | 'refused';

export interface NewCluster {
  readonly name: string;
  readonly kubeconfig: string;
  readonly contextName: string | null;
  readonly description: string | null;
  readonly environment: Environment | null;
  readonly tags: readonly string[];
  /** The person allows what the kubeconfig runs and reads. */
  readonly hasConsent: boolean;
}

export interface ClusterChange {
  readonly name?: string;
  readonly description?: string | null;
  readonly environment?: Environment | null;
  readonly tags?: readonly string[];
  readonly status?: ClusterEntry['status'];
}

export interface RegistryDeps {
  readonly store: Pick<KubernetesStore, 'putClusterEntry' | 'clusterEntry' | 'clusterEntries' | 'deleteClusterEntry'>;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly changes: Pick<ChangeFeed, 'publish'>;
  readonly consent: ConsentPolicy;
  readonly connect: (text: string, contextName: string, options: ConnectOptions) => Promise<ClusterConnection>;
  /** Names that contexts have already. */
  readonly contextNames: () => Promise<ReadonlySet<string>>;
  /** The list of registered contexts is to be read anew. */
  readonly contextsChanged: () => void;
  readonly startCollecting: (contextName: string, clusterId: string) => Promise<void>;
  readonly stopCollecting: (contextName: string) => Promise<void>;
  /** Takes away what this machine remembers of a context. */
  readonly forgetContext: (contextName: string) => Promise<void>;
  /** Throws where the store may only be read. */
  readonly refuseReadOnly: () => void;
}

const PLAIN: ConnectOptions = { prometheus: NO_PROMETHEUS_SETTINGS, openCost: NO_OPENCOST_SETTINGS };

/** The clusters that Podwatt knows. Kubeconfigs are sealed before they are stored, and never come out of here. */
export class ClusterRegistry {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  /** Nothing is kept, run, read or asked for this. Throws `Failure` bad-input. */
  async preview(kubeconfig: string): Promise<KubeconfigPreview> {
    const { previewKubeconfig } = await import('./pasted-kubeconfig.ts');
    const contexts = await previewKubeconfig(kubeconfig);
    return {
      contexts: contexts.map((context) => ({
        name: context.name,
        cluster_name: context.clusterName,
        server_url: context.serverUrl,
        auth_kind: context.authKind,
        is_current: context.isCurrent,
        problem: context.problem,
        runs: [...context.demands.runs],
        reads: [...context.demands.reads],
      })),
      consent: this.#deps.consent,
    };
  }

  /**
   * Reaches the cluster, seals its kubeconfig, stores it and begins to collect.
   * @throws Failure bad-input, consent-needed, forbidden, conflict, or why the cluster can't be reached
   */
  async register(input: NewCluster, signal?: AbortSignal): Promise<ClusterEntry> {
    const { refuseReadOnly, keys, store, clock } = this.#deps;
    refuseReadOnly();
    const { chooseContext, checkPasted } = await import('./pasted-kubeconfig.ts');
    const chosen = chooseContext(input.kubeconfig, input.contextName);
    this.#checkConsent(chosen, input.hasConsent);
    const key = await keys.inForce();
    await this.#refuseTakenName(input.name, null);
    const contextName = await this.#freeName(chosen.name);
    const text = chosen.textUnder(contextName);
    await checkPasted(text, contextName);
    const identity = await this.#identify(text, contextName, signalOr(signal));
    await this.#refuseKnown(identity.id);
    const sealed = sealKubeconfig(text, identity.id, key);
    const entry = newEntry(input, { identity, contextName, chosen, sealed }, clock.nowSeconds());
    await store.putClusterEntry(entry);
    this.#deps.contextsChanged();
    await this.#deps.startCollecting(contextName, identity.id);
    this.#announce(identity.id);
    return entry;
  }

  /** What is left out stays. `paused` ends collecting, `active` begins it again. */
  async change(id: string, change: ClusterChange): Promise<ClusterEntry> {
    this.#deps.refuseReadOnly();
    if (change.name !== undefined) await this.#refuseTakenName(change.name, id);
    // Read last: what a sync wrote meanwhile must not be overwritten.
    const before = await this.#deps.store.clusterEntry(id);
    if (before === null) throw new Failure('not-found', `There is no cluster with the id "${id.slice(0, 80)}"`);
    const after: ClusterEntry = { ...before, ...change, updatedAtSeconds: this.#deps.clock.nowSeconds() };
    await this.#deps.store.putClusterEntry(after);
    this.#deps.contextsChanged();
    if (change.status === 'paused') await this.#deps.stopCollecting(before.contextName);
    if (change.status === 'active') await this.#deps.startCollecting(before.contextName, id);
    this.#announce(id);
    return after;
  }

  /** What a removal takes away and what it leaves, for people. */
  removal(entry: ClusterEntry): RemovalWords {
    return removalWords(entry);
  }

  async remove(entry: ClusterEntry): Promise<void> {
    this.#deps.refuseReadOnly();
    await this.#deps.stopCollecting(entry.contextName);
    await this.#deps.store.deleteClusterEntry(entry.id);
    if (entry.sealedKubeconfig !== null) await this.#deps.forgetContext(entry.contextName);
    this.#deps.contextsChanged();
    this.#announce(entry.id);
  }

  #checkConsent({ demands }: ChosenContext, hasConsent: boolean): void {
    if (!demandsSomething(demands)) return;
    const what = [
      ...demands.runs.map((command) => `runs on this machine: ${command}`),
      ...(demands.reads.length === 0 ? [] : [`reads on this machine: ${demands.reads.join(', ')}`]),
    ].join('; it ');
    if (this.#deps.consent === 'refused') {
      throw new Failure('forbidden', `This kubeconfig ${what}. A server does not do that for a request`, {
        hint: 'Use a token or certificate inside the kubeconfig, or start Podwatt with PODWATT_ALLOW_KUBECONFIG_PROGRAMS=true.',
      });
    }
    if (hasConsent) return;
    throw new Failure('consent-needed', `This kubeconfig ${what}`, {
      hint: 'If you know where it comes from and want that, send it again with "consent": true.',
    });
  }

  async #identify(text: string, contextName: string, signal: AbortSignal): Promise<ClusterIdentity> {
    const connection = await this.#deps.connect(text, contextName, PLAIN);
    try {
      return await identify(connection, signal);
    } finally {
      await connection.close().catch(() => undefined);
    }
  }

  async #refuseKnown(id: string): Promise<void> {
    const known = await this.#deps.store.clusterEntry(id);
    if (known === null) return;
    throw new Failure('conflict', `This cluster is known already: "${known.name}", context "${known.contextName}"`, {
      hint: 'Remove that one first to register it anew.',
    });
  }

  async #refuseTakenName(name: string, ownId: string | null): Promise<void> {
    const entries = await allEntries(this.#deps.store);
    if (!entries.some((entry) => entry.name === name && entry.id !== ownId)) return;
    throw new Failure('conflict', `There is a cluster named "${name}" already`, { hint: 'Choose another name.' });
  }

  /** The kubeconfig's own name where no other context has it. */
  async #freeName(name: string): Promise<string> {
    const taken = await this.#deps.contextNames();
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? name : `${name} (${count})`;
      if (!taken.has(candidate)) return candidate;
    }
  }

  #announce(clusterId: string): void {
    this.#deps.changes.publish({ kind: 'contexts' });
    this.#deps.changes.publish({ kind: 'clusters', clusterId });
  }
}

function newEntry(
  input: NewCluster,
  learnt: { identity: ClusterIdentity; contextName: string; chosen: ChosenContext; sealed: string },
  nowSeconds: number,
): ClusterEntry {
  const { identity, contextName, chosen, sealed } = learnt;
  return {
    id: identity.id,
    name: input.name,
    description: input.description === '' ? null : input.description,
    sealedKubeconfig: sealed,
    contextName,
    apiServerUrl: identity.serverUrl,
    clusterVersion: identity.serverVersion,
    provider: null,
    region: null,
    environment: input.environment,
    status: 'active',
    healthStatus: 'unknown',
    lastSyncAtSeconds: null,
    lastError: null,
    totalNodes: null,
    totalNamespaces: null,
    totalPods: null,
    totalDeployments: null,
    estimatedMonthlyCost: null,
    costCurrency: DEFAULT_CURRENCY,
    tags: input.tags,
    metadata: { auth_kind: chosen.authKind },
    createdAtSeconds: nowSeconds,
    updatedAtSeconds: nowSeconds,
  };
}
