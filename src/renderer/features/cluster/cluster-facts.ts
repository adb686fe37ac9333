import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { providerName } from '../../app/kubernetes/provider-names.ts';

/** `EKS v1.36.2, eu-west-1, production, from context shop-admin` */
export function factsOf(cluster: Cluster): string {
  const provider = cluster.provider === null ? null : providerName(cluster.provider);
  const what = [provider, cluster.cluster_version].filter((word) => word !== null).join(' ');
  const from =
    cluster.origin === 'registered' ? 'registered by its kubeconfig' : `from context ${cluster.context_name}`;
  return [what, cluster.region, cluster.environment, from].filter((word) => word !== null && word !== '').join(', ');
}
