import type * as z from 'zod';
import type {
  Cluster,
  ClusterChangeInput,
  ClusterList,
  ClusterListInput,
  KubeconfigPreview,
  RegisterInput,
  Removal,
  SyncAnswer,
} from '../../../contract/schemas/kubernetes/clusters.ts';
import { Failure } from '../../../model/failure.ts';
import { toIso } from '../../ranges/instants.ts';
import type { KubernetesDeps } from './deps.ts';
import { foundCluster } from './found.ts';
import { clusterWire } from './wire.ts';

type Deps = Pick<KubernetesDeps, 'kubernetes' | 'registry' | 'sync' | 'clock'>;

export async function register(
  input: RegisterInput,
  { registry }: Deps,
  signal: AbortSignal | undefined,
): Promise<Cluster> {
  const { name, kubeconfig, context, description, environment, tags, consent } = input;
  const entry = await registry.register(
    {
      name,
      kubeconfig,
      contextName: context ?? null,
      description: description ?? null,
      environment: environment ?? null,
      tags: tags ?? [],
      hasConsent: consent,
    },
    signal,
  );
  return clusterWire(entry);
}

export function preview(input: { kubeconfig: string }, { registry }: Deps): Promise<KubeconfigPreview> {
  return registry.preview(input.kubeconfig);
}

export async function listClusters(
  input: z.infer<typeof ClusterListInput>,
  { kubernetes }: Deps,
): Promise<z.infer<typeof ClusterList>> {
  const { status, environment, provider, limit, offset } = input;
  const page = await kubernetes.clusterEntries({
    ...(status === undefined ? {} : { status }),
    ...(environment === undefined ? {} : { environment }),
    ...(provider === undefined ? {} : { provider }),
    limit,
    offset,
  });
  return { clusters: page.items.map(clusterWire), total: page.total, limit, offset };
}

export async function cluster(id: string, { kubernetes }: Deps): Promise<Cluster> {
  return clusterWire(await foundCluster(kubernetes, id));
}

/** What is left out stays as it is. */
export async function update(input: ClusterChangeInput, { registry, kubernetes }: Deps): Promise<Cluster> {
  const { id, name, description, environment, tags, status } = input;
  await foundCluster(kubernetes, id);
  const entry = await registry.change(id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description === '' ? null : description }),
    ...(environment === undefined ? {} : { environment }),
    ...(tags === undefined ? {} : { tags }),
    ...(status === undefined ? {} : { status }),
  });
  return clusterWire(entry);
}

export async function removal(id: string, { registry, kubernetes }: Deps): Promise<z.infer<typeof Removal>> {
  const { removes, keeps } = registry.removal(await foundCluster(kubernetes, id));
  return { removes: [...removes], keeps: [...keeps] };
}

export async function remove(id: string, { registry, kubernetes }: Deps): Promise<undefined> {
  await registry.remove(await foundCluster(kubernetes, id));
  return undefined;
}

export async function syncNow(id: string, deps: Deps): Promise<z.infer<typeof SyncAnswer>> {
  const entry = await foundCluster(deps.kubernetes, id);
  if (entry.status === 'paused') {
    throw new Failure('conflict', `The cluster "${entry.name}" is paused`, {
      hint: 'Resume it first: set its status to active.',
    });
  }
  await deps.sync.syncNow(id);
  return {
    cluster_id: id,
    message: `The sync of "${entry.name}" has begun`,
    triggered_at: toIso(deps.clock.nowSeconds()),
  };
}
