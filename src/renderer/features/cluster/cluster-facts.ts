import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';

const PROVIDERS: Readonly<Record<string, string>> = {
  eks: 'EKS',
  gke: 'GKE',
  aks: 'AKS',
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  onprem: 'on premises',
  openshift: 'OpenShift',
};

/** `EKS v1.36.2, eu-west-1, production, from context shop-admin` */
export function factsOf(cluster: Cluster): string {
  const provider = cluster.provider === null ? null : (PROVIDERS[cluster.provider] ?? cluster.provider);
  const what = [provider, cluster.cluster_version].filter((word) => word !== null).join(' ');
  const from =
    cluster.origin === 'registered' ? 'registered by its kubeconfig' : `from context ${cluster.context_name}`;
  return [what, cluster.region, cluster.environment, from].filter((word) => word !== null && word !== '').join(', ');
}
