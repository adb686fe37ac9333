import type { Clock } from '../../core/ports/clock.ts';
import type {
  ClusterConnection,
  ConnectOptions,
  ContextDescription,
  ContextListing,
  ContextSource,
} from '../../core/ports/cluster-source.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import { Failure } from '../../model/failure.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { allEntries } from './all-entries.ts';
import { openKubeconfig, problemOfSealed } from './sealed-kubeconfigs.ts';

/** The store may be shared: what another Podwatt registered shows after this long. */
const FRESH_SECONDS = 30;

export interface RegisteredContextsDeps {
  readonly store: Pick<KubernetesStore, 'clusterEntries'>;
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** A connection by the text that `textOf` gives; nothing is sent before its first call. */
  readonly connect: (contextName: string, options: ConnectOptions) => Promise<ClusterConnection>;
}

/** Clusters that were registered by their kubeconfig, as contexts like those of files. */
export class RegisteredContexts implements ContextSource {
  readonly hasFeed = true;
  readonly #deps: RegisteredContextsDeps;
  readonly #listeners = new Set<() => void>();
  /** As the store last told, sealed: while it is away, collecting goes on. */
  #entries: readonly ClusterEntry[] = [];
  #readAtSeconds: number | null = null;

  constructor(deps: RegisteredContextsDeps) {
    this.#deps = deps;
  }

  async list(): Promise<ContextListing> {
    const entries = await this.#registered();
    return { files: [], contexts: await Promise.all(entries.map((entry) => this.#describe(entry))) };
  }

  watch(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => void this.#listeners.delete(onChange);
  }

  connect(contextName: string, options: ConnectOptions): Promise<ClusterConnection> {
    return this.#deps.connect(contextName, options);
  }

  /** The kubeconfig in clear; it stays in memory. Throws `Failure`. */
  async textOf(contextName: string): Promise<string> {
    const entry = (await this.#registered()).find((each) => each.contextName === contextName);
    if (entry === undefined) throw new Failure('not-found', `No registered cluster has the context "${contextName}"`);
    return openKubeconfig(entry, this.#deps.keys);
  }

  /** The registry changed here: read anew at once. */
  changed(): void {
    this.#readAtSeconds = null;
    for (const listener of [...this.#listeners]) listener();
  }

  async #registered(): Promise<readonly ClusterEntry[]> {
    const { store, clock } = this.#deps;
    const nowSeconds = clock.nowSeconds();
    if (this.#readAtSeconds !== null && nowSeconds - this.#readAtSeconds < FRESH_SECONDS) return this.#entries;
    try {
      this.#entries = (await allEntries(store)).filter((entry) => entry.sealedKubeconfig !== null);
      this.#readAtSeconds = nowSeconds;
    } catch {
      // The store tells of its own state; contexts of files must not wait for it.
    }
    return this.#entries;
  }

  async #describe(entry: ClusterEntry): Promise<ContextDescription> {
    return {
      name: entry.contextName,
      file: null,
      clusterName: entry.name,
      serverUrl: entry.apiServerUrl,
      userName: null,
      namespace: null,
      authKind: authKindIn(entry.metadata.auth_kind),
      isCurrent: false,
      isSample: false,
      problem: await problemOfSealed(entry, this.#deps.keys).catch((error: unknown) => ({
        message: error instanceof Failure ? error.message : 'The key of the kubeconfigs can not be used',
        hint: error instanceof Failure ? error.hint : null,
      })),
    };
  }
}

const AUTH_KINDS = ['none', 'certificate', 'token', 'token-file', 'basic', 'exec', 'auth-provider'] as const;

function authKindIn(value: unknown): ContextDescription['authKind'] {
  return AUTH_KINDS.find((kind) => kind === value) ?? 'unknown';
}
