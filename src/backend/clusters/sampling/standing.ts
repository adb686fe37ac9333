/** Which rung serves nodes that no Prometheus serves; `requests`: neither kubelets nor metrics.k8s.io answer. */
export type Standing = 'resting' | 'kubelet' | 'metrics-server' | 'requests';
