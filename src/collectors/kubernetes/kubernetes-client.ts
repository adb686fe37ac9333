import { DEFAULT_OWNER_LABELS, type OwnerLabels } from '../../core/kubernetes/owner-labels.ts';
import type { KubernetesApi } from '../../core/ports/kubernetes-api.ts';
import type { FollowedResource, FollowSink } from '../../core/ports/object-feed.ts';
import type { Transport } from '../../core/ports/transport.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { type ClusterHttp, createClusterHttp } from './api/cluster-http.ts';
import { getJson } from './api/get-json.ts';
import { identifyCluster } from './api/identify.ts';
import { listAll } from './api/list.ts';
import { createServiceTransport, type ServiceAddress } from './api/service-transport.ts';
import type { CredentialSource } from './auth/credentials.ts';
import { readInventory } from './inventory/read-inventory.ts';
import type { ResolvedContext } from './kubeconfig/resolve-context.ts';
import { followResource } from './watch/follow.ts';
import type { WatchPace } from './watch/pace.ts';
import { watchedResource } from './watch/resources.ts';

/**
 * One cluster as its API server shows it. Each call ends within its own time limits and throws `Failure`. `labels` name
 * teams and cost centers; left out, the usual ones do.
 */
export interface KubernetesClient {
  readonly contextName: string;
  readonly api: KubernetesApi;
  identify(signal: AbortSignal): Promise<ClusterIdentity>;
  readInventory(signal: AbortSignal, labels?: OwnerLabels): Promise<Inventory>;
  serviceTransport(service: ServiceAddress): Transport;
  /** Lists and watches one resource until the signal fires; failures go to the sink. */
  follow(
    resource: FollowedResource,
    sink: FollowSink,
    pace: WatchPace,
    signal: AbortSignal,
    labels?: OwnerLabels,
  ): Promise<void>;
  close(): Promise<void>;
}

interface KubernetesClientOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowSeconds: () => EpochSeconds;
  readonly isOffline?: () => boolean;
}

export function createKubernetesClient(
  context: ResolvedContext,
  source: CredentialSource,
  options: KubernetesClientOptions,
): KubernetesClient {
  const http = createClusterHttp(context, source, options);
  return {
    contextName: context.name,
    api: apiOf(http),
    identify: (signal) => identifyCluster(http, context, signal),
    readInventory: (signal, ownerLabels = DEFAULT_OWNER_LABELS) =>
      readInventory(http, { nowSeconds: options.nowSeconds, ownerLabels }, signal),
    serviceTransport: (service) => createServiceTransport(http, service),
    follow: (resource, sink, pace, signal, labels = DEFAULT_OWNER_LABELS) =>
      followResource(http, watchedResource(resource, labels), sink, pace, signal),
    close: () => http.close(),
  };
}

function apiOf(http: ClusterHttp): KubernetesApi {
  return {
    get: (path, access, signal) => getJson(http, path, { ...access, namespace: null }, { signal }),
    list: async (path, access, read, signal) =>
      (await listAll(http, { path, access: { ...access, namespace: null }, read }, signal)).items,
  };
}
