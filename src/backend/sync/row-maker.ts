import {
  NO_USAGE,
  namespaceRow,
  nodeRow,
  podRow,
  type RowHead,
  releaseRow,
  type UsageNow,
  workloadRow,
} from '../../core/kubernetes/rows.ts';
import type { HelmRelease, KubeNamespace, KubeNode, KubePod, KubeWorkload } from '../../model/kubernetes/objects.ts';
import type { SeenNamespace, SeenNode, SeenRelease, SeenWorkload } from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { namedId, podId } from './row-ids.ts';
import type { CachedPod, SyncCache } from './sync-cache.ts';

/** Figures that come from elsewhere, by name. */
export interface KnownFigures {
  readonly nodeUsage: ReadonlyMap<string, UsageNow>;
  readonly namespaceUsage: ReadonlyMap<string, UsageNow>;
  /** Money a day, by id of namespace. */
  readonly dailyCosts: ReadonlyMap<string, number>;
}

export const NO_FIGURES: KnownFigures = { nodeUsage: new Map(), namespaceUsage: new Map(), dailyCosts: new Map() };

const MOST_IDS = 50_000;

/** Makes the rows of one cluster's objects. */
export class RowMaker {
  readonly #clusterId: string;
  readonly #cache: SyncCache;
  readonly #nowSeconds: () => EpochSeconds;
  readonly #ids = new Map<string, string>();
  figures: KnownFigures = NO_FIGURES;

  constructor(clusterId: string, cache: SyncCache, nowSeconds: () => EpochSeconds) {
    this.#clusterId = clusterId;
    this.#cache = cache;
    this.#nowSeconds = nowSeconds;
  }

  namespaceId(name: string): string {
    return this.#id('Namespace', '', name);
  }

  nodeId(name: string): string {
    return this.#id('Node', '', name);
  }

  workloadId(kind: string, namespace: string, name: string): string {
    return this.#id(kind, namespace, name);
  }

  releaseId(namespace: string, name: string): string {
    return this.#id('Release', namespace, name);
  }

  podId({ seen }: CachedPod): string {
    return podId(this.#clusterId, seen.uid, seen.namespace, seen.name);
  }

  namespace(seen: SeenNamespace, podCount: number, goneAtSeconds: EpochSeconds | null): KubeNamespace {
    const id = this.namespaceId(seen.name);
    const quotas = [...this.#cache.quotas.values()].filter(({ namespace }) => namespace === seen.name);
    const usage = this.figures.namespaceUsage.get(seen.name) ?? NO_USAGE;
    const dailyCost = this.figures.dailyCosts.get(id) ?? null;
    return namespaceRow(this.#head(id, goneAtSeconds), seen, { quotas, usage, podCount, dailyCost });
  }

  node(seen: SeenNode, podCount: number, goneAtSeconds: EpochSeconds | null): KubeNode {
    const usage = this.figures.nodeUsage.get(seen.name) ?? NO_USAGE;
    return nodeRow(this.#head(this.nodeId(seen.name), goneAtSeconds), seen, { usage, podCount });
  }

  workload(seen: SeenWorkload, goneAtSeconds: EpochSeconds | null): KubeWorkload {
    const id = this.workloadId(seen.workloadKind, seen.namespace, seen.name);
    return workloadRow(this.#head(id, goneAtSeconds), seen, this.namespaceId(seen.namespace));
  }

  pod(pod: CachedPod, goneAtSeconds: EpochSeconds | null): KubePod {
    const head = { id: this.podId(pod), clusterId: this.#clusterId, nowSeconds: this.#nowSeconds() };
    return podRow(head, pod.seen, {
      namespaceId: this.namespaceId(pod.seen.namespace),
      workloadId: pod.workloadId ?? null,
      oomKills: pod.oom?.count ?? 0,
      goneAtSeconds,
    });
  }

  release(seen: SeenRelease, goneAtSeconds: EpochSeconds | null): HelmRelease {
    const id = this.releaseId(seen.namespace, seen.release.name);
    return releaseRow(this.#head(id, goneAtSeconds), seen, this.namespaceId(seen.namespace));
  }

  #head(id: string, deletedAtSeconds: EpochSeconds | null): RowHead {
    return { id, clusterId: this.#clusterId, nowSeconds: this.#nowSeconds(), deletedAtSeconds };
  }

  #id(kind: string, namespace: string, name: string): string {
    const key = `${kind}/${namespace}/${name}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#ids.size > MOST_IDS) this.#ids.clear();
    const id = namedId(this.#clusterId, kind, namespace, name);
    this.#ids.set(key, id);
    return id;
  }
}
