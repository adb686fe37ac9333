import type * as z from 'zod';
import type { ClusterPodsInput, HelmInput } from '../../../contract/schemas/kubernetes/object-inputs.ts';
import type {
  Deployment,
  DeploymentList,
  HelmReleaseList,
  NamespaceList,
  NodeList,
  Pod,
  PodList,
  TroubledPodList,
} from '../../../contract/schemas/kubernetes/objects.ts';
import type { IdPageInput } from '../../../contract/schemas/kubernetes/paging.ts';
import type { Page } from '../../../core/ports/kubernetes-store.ts';
import type { KubernetesDeps } from './deps.ts';
import { found, foundCluster, foundNamespace } from './found.ts';
import { deploymentWire, namespaceWire, nodeWire, podWire, releaseWire } from './wire.ts';

type PageInput = z.infer<typeof IdPageInput>;
type Deps = Pick<KubernetesDeps, 'kubernetes'>;

const DEPLOYMENT_HINT = 'GET /k8s/namespaces/{id}/deployments lists the workloads of a namespace.';
const POD_HINT = 'GET /k8s/namespaces/{id}/pods lists the pods of a namespace.';

export async function namespacesOf(input: PageInput, { kubernetes }: Deps): Promise<z.infer<typeof NamespaceList>> {
  await foundCluster(kubernetes, input.id);
  const page = await kubernetes.namespaces(input.id, input.limit, input.offset);
  return { namespaces: page.items.map(namespaceWire), ...paged(page, input) };
}

export async function nodesOf(input: PageInput, { kubernetes }: Deps): Promise<z.infer<typeof NodeList>> {
  await foundCluster(kubernetes, input.id);
  const all = await kubernetes.nodesOf(input.id);
  const items = all.slice(input.offset, input.offset + input.limit);
  return { nodes: items.map(nodeWire), ...paged({ items, total: all.length }, input) };
}

export async function deploymentsOf(input: PageInput, { kubernetes }: Deps): Promise<z.infer<typeof DeploymentList>> {
  await foundNamespace(kubernetes, input.id);
  const page = await kubernetes.workloads(input.id, input.limit, input.offset);
  return { deployments: page.items.map(deploymentWire), ...paged(page, input) };
}

export async function deployment(id: string, { kubernetes }: Deps): Promise<Deployment> {
  return deploymentWire(found(await kubernetes.workload(id), 'workload', id, DEPLOYMENT_HINT));
}

export async function podsOfDeployment(input: PageInput, { kubernetes }: Deps): Promise<z.infer<typeof PodList>> {
  found(await kubernetes.workload(input.id), 'workload', input.id, DEPLOYMENT_HINT);
  const page = await kubernetes.podsOfWorkload(input.id, input.limit, input.offset);
  return { pods: page.items.map(podWire), ...paged(page, input) };
}

export async function podsOfNamespace(input: PageInput, { kubernetes }: Deps): Promise<z.infer<typeof PodList>> {
  await foundNamespace(kubernetes, input.id);
  const page = await kubernetes.podsOfNamespace(input.id, input.limit, input.offset);
  return { pods: page.items.map(podWire), ...paged(page, input) };
}

export async function pod(id: string, { kubernetes }: Deps): Promise<Pod> {
  return podWire(found(await kubernetes.pod(id), 'pod', id, POD_HINT));
}

export async function troubledPods(
  input: z.infer<typeof ClusterPodsInput>,
  { kubernetes }: Deps,
): Promise<z.infer<typeof TroubledPodList>> {
  await foundCluster(kubernetes, input.id);
  const pods = await kubernetes.troubledPods(input.id, input.limit);
  const names = await namespaceNames(pods, kubernetes);
  const items = pods.map((each) => ({ ...podWire(each), namespace: names.get(each.namespaceId) ?? '' }));
  return { pods: items, total: items.length, limit: input.limit };
}

/** A cluster that isn't known is not found; a namespace that no cluster has is an empty list, as in the carbon part. */
export async function helmReleases(
  input: z.infer<typeof HelmInput>,
  { kubernetes }: Deps,
): Promise<z.infer<typeof HelmReleaseList>> {
  if (input.cluster !== undefined) await foundCluster(kubernetes, input.cluster);
  const { limit, offset } = input;
  const page = await kubernetes.releases(input.cluster ?? null, input.namespace ?? null, limit, offset);
  const names = await namespaceNames(page.items, kubernetes);
  const releases = page.items.map((each) => releaseWire(each, names.get(each.namespaceId) ?? null));
  return { releases, ...paged(page, input) };
}

async function namespaceNames(
  items: readonly { readonly namespaceId: string }[],
  kubernetes: KubernetesDeps['kubernetes'],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(items.map((item) => item.namespaceId))];
  const found = await Promise.all(ids.map((id) => kubernetes.namespace(id)));
  return new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each.name] as const])));
}

function paged(page: Page<unknown>, { limit, offset }: { limit: number; offset: number }) {
  return { total: page.total, limit, offset };
}
