import { layoutNode, layoutPod, workloadSpec } from '../../core/kubernetes/layout.ts';
import { selects } from '../../core/kubernetes/selector-match.ts';
import { ANYWHERE, type VolumePlace, volumePlace } from '../../core/kubernetes/volume-place.ts';
import type { SeenPod } from '../../model/kubernetes/seen.ts';
import type { ClusterLayout, LayoutNode, Selector } from '../../model/scheduling.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Owners } from './owners.ts';
import { podId } from './row-ids.ts';
import { keyOf, type SyncCache } from './sync-cache.ts';

/** What the cache knows in the form that plans need. */
export function cachedLayout(
  cache: SyncCache,
  owners: Owners,
  told: { clusterId: string; readAtSeconds: EpochSeconds; missing: readonly string[] },
): ClusterLayout {
  const nodes = [...cache.nodes.values()].map(layoutNode);
  const nodesByName = new Map(nodes.map((node) => [node.name, node]));
  const namespacesOf = namespaceFinder(cache);
  const kills = new Map<string, number>();
  const pods = [...cache.pods.values()].flatMap(({ seen, oom }) => {
    const owner = owners.topOwner(seen);
    // Before its first writing what a pod shows is all that is known.
    const killed = oom?.count ?? seen.oomKills.length;
    if (owner !== null && killed > 0) {
      const key = `${owner.kind}/${seen.namespace}/${owner.name}`;
      kills.set(key, (kills.get(key) ?? 0) + killed);
    }
    const id = podId(told.clusterId, seen.uid, seen.namespace, seen.name);
    return layoutPod(seen, { id, owner, volumes: placeOfVolumes(cache, seen, nodesByName), namespacesOf }) ?? [];
  });
  return {
    ...told,
    nodes,
    pods,
    budgets: [...cache.disruptionBudgets.values()].map(({ kind: _, ...budget }) => budget),
    workloads: [...cache.workloads()].flatMap(
      ({ seen }) => workloadSpec(seen, kills.get(`${seen.workloadKind}/${keyOf(seen)}`) ?? 0) ?? [],
    ),
    autoscalers: [...cache.autoscalers()].map(({ autoscaler }) => autoscaler),
  };
}

function placeOfVolumes(cache: SyncCache, pod: SeenPod, nodes: ReadonlyMap<string, LayoutNode>): VolumePlace {
  if (pod.claims.length === 0) return ANYWHERE;
  const volumes = pod.claims.map((claim) => {
    const storageClass = cache.claims.get(keyOf({ namespace: pod.namespace, name: claim }))?.storageClass ?? null;
    const known =
      storageClass === null ? undefined : cache.storageClasses.get(keyOf({ namespace: '', name: storageClass }));
    return { claim, provisioner: known?.provisioner ?? null };
  });
  return volumePlace(volumes, pod.node === null ? null : (nodes.get(pod.node) ?? null));
}

/** Names of namespaces by selector; few selectors are shared by many pods. */
function namespaceFinder(cache: SyncCache): (selector: Selector) => readonly string[] {
  const found = new Map<Selector, readonly string[]>();
  return (selector) => {
    const known = found.get(selector);
    if (known !== undefined) return known;
    const names = [...cache.namespaces.values()]
      .filter(({ labels }) => selects(selector, labels))
      .map(({ name }) => name);
    found.set(selector, names);
    return names;
  };
}
