import type { ClusterItem, Contexts } from '../../../contract/schemas/contexts.ts';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import type { StoreStatus } from '../../../contract/schemas/store.ts';
import { providerName, shortVersion } from '../../app/kubernetes/provider-names.ts';
import { shortPath } from '../../format/path.ts';
import { formatAge, formatClock } from '../../format/time.ts';
import type { CardItem } from './cluster-cards.ts';

const PROVIDERS: Record<string, string> = { aws: 'EKS', gcp: 'GKE', azure: 'AKS' };

/** `EKS 1.33, 14 nodes, eu-west-1, from ~/.kube/config`: as far as known. The registry knows the product best. */
export function descriptionOf({ context, cluster }: CardItem, entry: Cluster | null = null): string {
  if (context?.is_sample === true && cluster === null) return 'comes with Podwatt, needs no cluster';
  const full = entry?.cluster_version ?? cluster?.server_version ?? null;
  const version = full === null ? null : shortVersion(full);
  const product =
    entry?.provider != null
      ? providerName(entry.provider)
      : cluster?.provider == null
        ? null
        : (PROVIDERS[cluster.provider] ?? null);
  const nodes = entry?.total_nodes ?? cluster?.node_count ?? null;
  const parts = [
    [product, version === null ? null : product === null ? `Kubernetes ${version}` : version]
      .filter((part) => part !== null)
      .join(' '),
    nodes === null ? null : `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
    cluster?.region ?? entry?.region ?? null,
    origin(context, entry),
  ];
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function origin(context: CardItem['context'], entry: Cluster | null): string | null {
  if (context === null) return 'no context leads to it now';
  if (entry?.origin === 'registered') return 'registered by its kubeconfig';
  return context.file === null ? null : `from ${shortPath(context.file)}`;
}

/** `3 min ago, next in 2 min`: right end of a card's foot. */
export function ageOf(cluster: ClusterItem, now: number, tz: string): string {
  if (cluster.state === 'reading-history') return 'reading history';
  if (cluster.last_window_end === null) return '';
  const age = formatAge(cluster.last_window_end, now, tz);
  if (!cluster.collecting) return `until ${age}`;
  return cluster.next_run_at === null ? age : `${age}, next ${formatClock(cluster.next_run_at, tz)}`;
}

/**
 * `Collected by host-7 (4211)`: another process that shares the store has the cluster, as its session says or, where
 * that does not know yet, as the leases do; null where none has.
 */
export function collectedElsewhere(
  cluster: Pick<ClusterItem, 'id' | 'collected_by'>,
  store: StoreStatus | undefined,
  now: number,
): string | null {
  const lease = store?.leases.find(
    (each) => each.cluster_id === cluster.id && !each.is_own && Date.parse(each.expires_at) > now,
  );
  const holder = cluster.collected_by?.holder ?? lease?.holder;
  return holder === undefined ? null : `Collected by ${holder}`;
}

/** `6 contexts in 2 kubeconfig files; nothing connects until you switch it on`. */
export function countWords({ contexts, files }: Contexts): string {
  const own = contexts.filter((context) => !context.is_sample).length;
  if (own === 0) return 'no context of a kubeconfig was found; the sample cluster needs none';
  const count = `${own} ${own === 1 ? 'context' : 'contexts'} in ${files.length} kubeconfig ${files.length === 1 ? 'file' : 'files'}`;
  return `${count}; nothing connects until you switch it on`;
}
