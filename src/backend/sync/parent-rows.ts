import type { HelmRelease, KubeNamespace, KubeNode, KubeWorkload } from '../../model/kubernetes/objects.ts';
import type { SeenRelease, SeenWorkload } from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Changes } from './changes.ts';
import { unlistedNamespace } from './made-up-parents.ts';
import type { Placed } from './placing.ts';
import type { RowMaker } from './row-maker.ts';
import type { GoneObjects, SyncCache } from './sync-cache.ts';

export interface ParentRows {
  readonly namespaces: readonly KubeNamespace[];
  readonly nodes: readonly KubeNode[];
  readonly workloads: readonly KubeWorkload[];
  readonly releases: readonly HelmRelease[];
}

/** Rows of everything but pods, and what of it was written before without having been listed. */
export class ParentRowMaker {
  readonly #cache: SyncCache;
  readonly #rows: RowMaker;
  readonly #nowSeconds: () => EpochSeconds;
  /** Workloads that only their pods tell of, by id, with their replicas as written. */
  #madeUp = new Map<string, { seen: SeenWorkload; replicas: string }>();
  #namespaces = new Set<string>();

  constructor(cache: SyncCache, rows: RowMaker, nowSeconds: () => EpochSeconds) {
    this.#cache = cache;
    this.#rows = rows;
    this.#nowSeconds = nowSeconds;
  }

  /** Forgets what was written: the last writing failed. */
  forget(): void {
    this.#madeUp = new Map();
    this.#namespaces = new Set();
  }

  madeUpIds(): Iterable<string> {
    return this.#madeUp.keys();
  }

  make(changes: Changes, gone: GoneObjects, placed: Placed): ParentRows {
    return {
      workloads: this.#workloads(changes, gone, placed),
      releases: this.#releases(changes, gone),
      nodes: this.#nodes(changes, gone, placed),
      namespaces: this.#namespaceRows(changes, gone, placed),
    };
  }

  #namespaceRows(changes: Changes, gone: GoneObjects, { podsOfNamespace }: Placed): KubeNamespace[] {
    const count = (name: string) => podsOfNamespace.get(name) ?? 0;
    const listed = changes.namespaces.flatMap((key) => this.#cache.namespaces.get(key) ?? []);
    const used = new Set(podsOfNamespace.keys());
    for (const { seen } of this.#cache.workloads()) used.add(seen.namespace);
    for (const { namespace } of this.#cache.releases.values()) used.add(namespace);
    for (const { seen } of gone.pods) used.add(seen.namespace);
    for (const key of changes.pods) used.add(key.slice(0, key.indexOf('/')));
    for (const { namespace } of [...gone.workloads, ...gone.releases]) used.add(namespace);
    for (const { name } of [...listed, ...gone.namespaces]) this.#namespaces.add(name);
    const unlisted = [...used].filter(
      (name) => !this.#namespaces.has(name) && this.#cache.namespaces.get(name) === undefined,
    );
    for (const name of unlisted) this.#namespaces.add(name);
    const now = this.#nowSeconds();
    return [
      ...listed.map((seen) => this.#rows.namespace(seen, count(seen.name), null)),
      ...unlisted.map((name) => this.#rows.namespace(unlistedNamespace(name, now), count(name), null)),
      ...gone.namespaces
        .filter(({ name }) => this.#cache.namespaces.get(name) === undefined)
        .map((seen) => this.#rows.namespace(seen, 0, now)),
    ];
  }

  #nodes(changes: Changes, gone: GoneObjects, { podsOfNode }: Placed): KubeNode[] {
    const now = this.#nowSeconds();
    return [
      ...changes.nodes
        .flatMap((key) => this.#cache.nodes.get(key) ?? [])
        .map((seen) => this.#rows.node(seen, podsOfNode.get(seen.name) ?? 0, null)),
      ...gone.nodes
        .filter(({ name }) => this.#cache.nodes.get(name) === undefined)
        .map((seen) => this.#rows.node(seen, 0, now)),
    ];
  }

  #workloads(changes: Changes, gone: GoneObjects, { workloadsOfPods }: Placed): KubeWorkload[] {
    const rows = new Map<string, KubeWorkload>();
    const put = (row: KubeWorkload) => rows.set(row.id, row);
    const now = this.#nowSeconds();
    for (const seen of gone.workloads) put(this.#rows.workload(seen, now));
    for (const [id, { seen }] of this.#madeUp) if (!workloadsOfPods.has(id)) put(this.#rows.workload(seen, now));
    const madeUp = new Map<string, { seen: SeenWorkload; replicas: string }>();
    for (const [id, seen] of workloadsOfPods) {
      const replicas = JSON.stringify(seen.replicas);
      madeUp.set(id, { seen, replicas });
      if (this.#madeUp.get(id)?.replicas !== replicas) put(this.#rows.workload(seen, null));
    }
    this.#madeUp = madeUp;
    for (const { objects, keys } of changes.workloads) {
      for (const key of keys) {
        const seen = objects.get(key)?.seen;
        if (seen?.owner === null) put(this.#rows.workload(seen, null));
      }
    }
    // One that is there again after it went is not gone.
    for (const { seen } of rows.size === 0 ? [] : this.#cache.workloads()) {
      const id = seen.owner === null ? this.#rows.workloadId(seen.workloadKind, seen.namespace, seen.name) : '';
      if (rows.get(id)?.deletedAtSeconds != null) put(this.#rows.workload(seen, null));
    }
    return [...rows.values()];
  }

  #releases(changes: Changes, gone: GoneObjects): HelmRelease[] {
    const touched = new Map<string, SeenRelease>();
    for (const seen of gone.releases) touched.set(nameOf(seen), seen);
    for (const key of changes.releases) {
      const seen = this.#cache.releases.get(key);
      if (seen !== undefined) touched.set(nameOf(seen), seen);
    }
    if (touched.size === 0) return [];
    const newest = new Map<string, SeenRelease>();
    for (const seen of this.#cache.releases.values()) {
      const known = newest.get(nameOf(seen));
      if (known === undefined || seen.release.revision > known.release.revision) newest.set(nameOf(seen), seen);
    }
    return [...touched].map(([name, seen]) => {
      const there = newest.get(name);
      return there === undefined ? this.#rows.release(seen, this.#nowSeconds()) : this.#rows.release(there, null);
    });
  }
}

function nameOf({ namespace, release }: SeenRelease): string {
  return `${namespace}/${release.name}`;
}
