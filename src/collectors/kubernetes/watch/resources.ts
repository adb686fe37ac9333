import type { OwnerLabels } from '../../../core/kubernetes/owner-labels.ts';
import type { FollowedResource } from '../../../core/ports/object-feed.ts';
import type { Seen } from '../../../model/kubernetes/seen.ts';
import { readRelease } from '../helm/release.ts';
import { readHorizontal, readVertical } from '../objects/autoscaler.ts';
import { readBudget } from '../objects/disruption-budget.ts';
import { readNodeObject } from '../objects/node.ts';
import {
  readClaimObject,
  readNamespaceObject,
  readQuota,
  readServiceObject,
  readStorageClassObject,
} from '../objects/others.ts';
import { readPodObject } from '../objects/pod.ts';
import { readWorkload, type WorkloadKind } from '../objects/workload.ts';

/** How one resource is listed and watched. */
export interface WatchedResource {
  readonly resource: FollowedResource;
  readonly apiGroup: string;
  readonly path: string;
  readonly fieldSelector: string | null;
  /** Objects a page: Secrets of Helm may hold 1 MiB each. */
  readonly pageSize: number;
  /** Makes the object at once from what the server sent; null for what can't be understood. */
  readonly read: (raw: unknown) => Seen | null;
}

/** A page is parsed in one go: one of 500 holds the thread for too long. */
const PAGE_SIZE = 250;

/** The watched form of a resource; labels tell whose a namespace or pod is. */
export function watchedResource(resource: FollowedResource, keys: OwnerLabels): WatchedResource {
  const of = (apiGroup: string, read: WatchedResource['read'], version = 'v1'): WatchedResource => ({
    resource,
    apiGroup,
    path: `${apiGroup === '' ? '/api' : `/apis/${apiGroup}`}/${version}/${resource}`,
    fieldSelector: null,
    pageSize: PAGE_SIZE,
    read,
  });
  const workload = (apiGroup: string, kind: WorkloadKind) => of(apiGroup, (raw) => readWorkload(raw, kind));
  switch (resource) {
    case 'namespaces':
      return of('', (raw) => readNamespaceObject(raw, keys));
    case 'nodes':
      return of('', readNodeObject);
    case 'pods':
      return of('', (raw) => readPodObject(raw, keys));
    case 'deployments':
      return workload('apps', 'Deployment');
    case 'statefulsets':
      return workload('apps', 'StatefulSet');
    case 'daemonsets':
      return workload('apps', 'DaemonSet');
    case 'replicasets':
      return workload('apps', 'ReplicaSet');
    case 'jobs':
      return workload('batch', 'Job');
    case 'cronjobs':
      return workload('batch', 'CronJob');
    case 'resourcequotas':
      return of('', readQuota);
    case 'services':
      return of('', readServiceObject);
    case 'persistentvolumeclaims':
      return of('', (raw) => readClaimObject(raw, keys));
    case 'storageclasses':
      return of('storage.k8s.io', readStorageClassObject);
    case 'secrets':
      return { ...of('', readRelease), fieldSelector: 'type=helm.sh/release.v1', pageSize: 20 };
    case 'poddisruptionbudgets':
      return of('policy', readBudget);
    case 'horizontalpodautoscalers':
      return of('autoscaling', readHorizontal, 'v2');
    case 'verticalpodautoscalers':
      return of('autoscaling.k8s.io', readVertical);
  }
}
