import type { Labels } from './answer.ts';

/** Labels that tell which scrape target a series came from. Two targets may carry the same kubelet: see `duplicates`. */
export const TARGET_LABELS = [
  'job',
  'instance',
  'node',
  'exported_node',
  'kubernetes_node',
  'kubernetes_io_hostname',
  'metrics_path',
  'service',
  'endpoint',
  'prometheus',
  'prometheus_replica',
  'replica',
] as const;

/** Namespace and pod in every spelling: of today, of kubelets before 1.16, of a scrape without honor_labels. */
export const POD_LABELS = ['namespace', 'exported_namespace', 'pod', 'exported_pod', 'pod_name'] as const;

const CONTAINER_LABELS = ['container', 'exported_container', 'container_name'] as const;

export const BY_TARGET = TARGET_LABELS.join(',');
export const BY_POD_AND_TARGET = [...POD_LABELS, ...TARGET_LABELS].join(',');
export const BY_CONTAINER_AND_TARGET = [...CONTAINER_LABELS, ...POD_LABELS, ...TARGET_LABELS].join(',');
/** kube-state-metrics names the pod, not the target: several replicas of it give one series. */
export const BY_STATE_POD = ['namespace', 'exported_namespace', 'pod', 'exported_pod', 'uid'].join(',');

function first(labels: Labels, names: readonly string[]): string | null {
  for (const name of names) {
    const value = labels[name];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

/** A label of the thing described, where a scrape without honor_labels renamed it. */
export function ownLabel(labels: Labels, name: string): string | null {
  return first(labels, [`exported_${name}`, name]);
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export function podNameOf(labels: Labels): PodName | null {
  const namespace = ownLabel(labels, 'namespace');
  const name = first(labels, ['exported_pod', 'pod', 'pod_name']);
  return namespace === null || name === null ? null : { namespace, name };
}

export function containerOf(labels: Labels): string | null {
  return first(labels, CONTAINER_LABELS);
}

/** One string for one scrape target. */
export function targetOf(labels: Labels): string {
  return TARGET_LABELS.map((name) => labels[name] ?? '').join('\n');
}

export function podKey(pod: PodName): string {
  return `${pod.namespace}/${pod.name}`;
}
