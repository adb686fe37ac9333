import type { ClusterRecord } from '../../model/cluster.ts';
import { STORAGE_NAMESPACE, SYSTEM_NAMESPACE, UNALLOCATED_NAMESPACE } from '../../model/results.ts';
import type { FilterInput } from './scope.ts';

const METRICS = { carbon: 'Carbon', energy: 'Energy', cost: 'Cost' } as const;

/** `Carbon of namespace search`; the narrowest thing that the filters name. */
export function explainTitle(
  input: FilterInput & { readonly metric: keyof typeof METRICS },
  clusters: readonly ClusterRecord[],
): string {
  return `${METRICS[input.metric]} of ${subjectOf(input, clusters)}`;
}

function subjectOf(input: FilterInput, clusters: readonly ClusterRecord[]): string {
  const { namespace, workload, pod, node, team, zone, provider, cluster } = input;
  const own = namespace === undefined ? undefined : OWN_ROWS[namespace];
  if (own !== undefined) return node === undefined ? own : `${own} on ${node}`;
  if (pod !== undefined) return `pod ${named(pod, namespace)}`;
  if (workload !== undefined) return named(workload, namespace);
  if (namespace !== undefined) return `namespace ${namespace}`;
  if (node !== undefined) return `node ${node}`;
  if (team !== undefined) return `team ${team}`;
  if (zone !== undefined) return `grid zone ${zone}`;
  if (provider !== undefined) return `provider ${provider}`;
  if (cluster !== undefined) return clusters.find(({ id }) => id === cluster)?.name ?? cluster;
  const [only] = clusters;
  return clusters.length === 1 && only !== undefined ? only.name : 'all clusters';
}

const OWN_ROWS: Readonly<Record<string, string>> = {
  [SYSTEM_NAMESPACE]: 'the system of nodes',
  [UNALLOCATED_NAMESPACE]: 'spare capacity',
  [STORAGE_NAMESPACE]: 'persistent volumes',
};

function named(name: string, namespace: string | undefined): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
