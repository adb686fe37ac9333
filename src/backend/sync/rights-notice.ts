import { clusterRoleYaml } from '../../core/kubernetes/cluster-role.ts';
import type { FollowedResource, FollowState } from '../../core/ports/object-feed.ts';
import type { Notice } from '../../model/inventory.ts';

const GROUPS: Readonly<Partial<Record<FollowedResource, string>>> = {
  deployments: 'apps',
  statefulsets: 'apps',
  daemonsets: 'apps',
  replicasets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
  storageclasses: 'storage.k8s.io',
};

/** What is lost without a list. */
const LOSSES: Readonly<Record<FollowedResource, string>> = {
  namespaces: 'Teams, cost centers and quotas of namespaces are unknown.',
  nodes: 'Nodes, their state and their size are unknown.',
  pods: 'Pods, their restarts and their requests are unknown.',
  deployments: 'Deployments are known from their pods alone.',
  statefulsets: 'StatefulSets are known from their pods alone.',
  daemonsets: 'DaemonSets are known from their pods alone.',
  replicasets: 'Owners of pods are guessed from their names.',
  jobs: 'Pods of CronJobs are shown under each Job.',
  cronjobs: 'CronJobs are known from their Jobs alone.',
  resourcequotas: 'Quotas of namespaces are unknown.',
  services: 'Prometheus and OpenCost can not be found by themselves: enter a URL.',
  persistentvolumeclaims: 'Volumes come from the metrics alone.',
  storageclasses: 'The kind of disk of volumes is guessed.',
  secrets: 'Helm releases are left out, as Helm keeps them in Secrets.',
};

/** A right that is missing, with verb, resource and the smallest ClusterRole that gives it; null where none is. */
export function rightsNotice(resource: FollowedResource, { kind, failure }: FollowState): Notice | null {
  if (failure?.code !== 'forbidden' || (kind !== 'refused' && kind !== 'polling')) return null;
  const apiGroup = GROUPS[resource] ?? '';
  const verbs = kind === 'refused' ? ['list', 'watch'] : ['watch'];
  const role = clusterRoleYaml(
    `podwatt-${resource}`,
    verbs.map((verb) => ({ verb, resource, apiGroup })),
  );
  const loss = kind === 'refused' ? LOSSES[resource] : 'They are listed once a minute in place of it.';
  const missing = kind === 'refused' ? 'list' : 'watch';
  return {
    code: `sync-forbidden-${missing}-${resource}`,
    severity: kind === 'refused' && (resource === 'nodes' || resource === 'pods') ? 'warning' : 'info',
    message: `You may not ${missing} ${resource}. ${loss}`,
    hint: `Ask for this role, bound to your user with a ClusterRoleBinding:\n${role}`,
  };
}
