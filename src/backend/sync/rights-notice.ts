import { clusterRoleYaml, type Right } from '../../core/kubernetes/cluster-role.ts';
import type { FollowedResource, FollowState } from '../../core/ports/object-feed.ts';
import type { MissingRight } from '../../core/ports/sync-desk.ts';

const GROUPS: Readonly<Partial<Record<FollowedResource, string>>> = {
  deployments: 'apps',
  statefulsets: 'apps',
  daemonsets: 'apps',
  replicasets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
  storageclasses: 'storage.k8s.io',
  poddisruptionbudgets: 'policy',
  horizontalpodautoscalers: 'autoscaling',
  verticalpodautoscalers: 'autoscaling.k8s.io',
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
  poddisruptionbudgets: 'Which pods may be moved is not known to plans that free nodes.',
  horizontalpodautoscalers: 'Workloads that scale themselves are taken for fixed ones.',
  verticalpodautoscalers: 'Workloads whose requests are set for them are taken for usual ones.',
};

/** A right that is missing, with verb, resource and the smallest ClusterRole that gives it; null where none is. */
export function rightsNotice(resource: FollowedResource, { kind, failure }: FollowState): MissingRight | null {
  if (failure?.code !== 'forbidden' || (kind !== 'refused' && kind !== 'polling')) return null;
  const apiGroup = GROUPS[resource] ?? '';
  const loss = kind === 'refused' ? LOSSES[resource] : 'They are listed once a minute in place of it.';
  const verb = kind === 'refused' ? 'list' : 'watch';
  const role = clusterRoleYaml(`podwatt-${resource}`, rightsToAskFor({ verb, resource, apiGroup }));
  return {
    verb,
    resource,
    apiGroup,
    code: `sync-forbidden-${verb}-${resource}`,
    severity: kind === 'refused' && (resource === 'nodes' || resource === 'pods') ? 'warning' : 'info',
    message: `You may not ${verb} ${resource}. ${loss}`,
    hint: `Ask for this role, bound to your user with a ClusterRoleBinding:\n${role}`,
  };
}

/** The smallest role that gives all that is missing; null where nothing is. */
export function missingRole(missing: readonly Pick<MissingRight, 'verb' | 'resource' | 'apiGroup'>[]): string | null {
  return missing.length === 0 ? null : clusterRoleYaml('podwatt-reader', missing.flatMap(rightsToAskFor));
}

/** What is listed is watched then. */
function rightsToAskFor({ verb, resource, apiGroup }: Pick<MissingRight, 'verb' | 'resource' | 'apiGroup'>): Right[] {
  const verbs = verb === 'list' ? ['list', 'watch'] : ['watch'];
  return verbs.map((each) => ({ verb: each, resource, apiGroup }));
}
