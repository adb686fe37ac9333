/** How long the Kubernetes tables keep what is over, in days. What still runs is always kept. */
export interface KubernetesRetention {
  /** Pods that finished. */
  readonly finishedPodDays: number;
  /** Resource metrics of pods. */
  readonly podMetricDays: number;
  /** Resource metrics of clusters, namespaces, deployments and nodes. */
  readonly otherMetricDays: number;
}

/** Defaults of the storage specification; finished pods as long as the longest metrics. */
export const DEFAULT_KUBERNETES_RETENTION: KubernetesRetention = {
  finishedPodDays: 90,
  podMetricDays: 7,
  otherMetricDays: 90,
};
