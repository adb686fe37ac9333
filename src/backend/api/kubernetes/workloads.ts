import type * as z from 'zod';
import type { WorkloadList } from '../../../contract/schemas/kubernetes/objects.ts';
import { type IdPageInput, MOST_ITEMS } from '../../../contract/schemas/kubernetes/paging.ts';
import type { KubernetesStore } from '../../../core/ports/kubernetes-store.ts';
import type { HealthStatus } from '../../../model/kubernetes/health.ts';
import type { KubeNamespace, KubeWorkload } from '../../../model/kubernetes/objects.ts';
import type { KubernetesDeps } from './deps.ts';
import { foundCluster } from './found.ts';
import { deploymentWire } from './wire.ts';

/** More than this are not sorted for one page: the answer says that its total is a lower bound. */
const MOST_WORKLOADS = 5000;
const WORST_FIRST: Readonly<Record<HealthStatus, number>> = { critical: 0, degraded: 1, unknown: 2, healthy: 3 };

/** Workloads of all namespaces of a cluster that are there, those in trouble first. */
export async function workloadsOf(
  input: z.infer<typeof IdPageInput>,
  { kubernetes }: Pick<KubernetesDeps, 'kubernetes'>,
): Promise<z.infer<typeof WorkloadList>> {
  await foundCluster(kubernetes, input.id);
  const all: { workload: KubeWorkload; namespace: string }[] = [];
  let isCut = false;
  for await (const namespace of namespacesIn(input.id, kubernetes)) {
    for await (const workload of workloadsIn(namespace.id, kubernetes)) {
      if (workload.deletedAtSeconds === null) all.push({ workload, namespace: namespace.name });
    }
    isCut = all.length >= MOST_WORKLOADS;
    if (isCut) break;
  }
  all.sort(
    (a, b) => rank(a) - rank(b) || compare(a.namespace, b.namespace) || compare(a.workload.name, b.workload.name),
  );
  const page = all.slice(input.offset, input.offset + input.limit);
  return {
    workloads: page.map(({ workload, namespace }) => ({ ...deploymentWire(workload), namespace })),
    total: all.length,
    limit: input.limit,
    offset: input.offset,
    total_is_lower_bound: isCut,
  };
}

async function* namespacesIn(clusterId: string, store: KubernetesStore): AsyncGenerator<KubeNamespace, void> {
  for (let offset = 0; ; offset += MOST_ITEMS) {
    const { items, total } = await store.namespaces(clusterId, MOST_ITEMS, offset);
    yield* items.filter((each) => each.deletedAtSeconds === null);
    if (items.length === 0 || offset + items.length >= total) return;
  }
}

async function* workloadsIn(namespaceId: string, store: KubernetesStore): AsyncGenerator<KubeWorkload, void> {
  for (let offset = 0; ; offset += MOST_ITEMS) {
    const { items, total } = await store.workloads(namespaceId, MOST_ITEMS, offset);
    yield* items;
    if (items.length === 0 || offset + items.length >= total || offset >= MOST_WORKLOADS) return;
  }
}

function rank({ workload }: { workload: KubeWorkload }): number {
  return WORST_FIRST[workload.healthStatus];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
