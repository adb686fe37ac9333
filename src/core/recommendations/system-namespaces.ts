/** Namespaces that a cluster's own parts and its usual add-ons live in: nobody's workloads to cut. */
const NAMES: ReadonlySet<string> = new Set([
  'calico-apiserver',
  'calico-system',
  'cattle-fleet-system',
  'cattle-system',
  'cilium',
  'cilium-secrets',
  'gatekeeper-system',
  'gmp-system',
  'gmp-public',
  'istio-system',
  'linkerd',
  'local-path-storage',
  'longhorn-system',
  'metallb-system',
  'olm',
  'openshift',
  'operators',
  'tigera-operator',
]);
/** `kube-` is reserved for Kubernetes itself; the others for their platforms. `__`: rows that are no namespace. */
const PREFIXES = ['kube-', 'openshift-', 'gke-', 'aks-', 'amazon-', '__'];

export function isSystemNamespace(namespace: string): boolean {
  return NAMES.has(namespace) || PREFIXES.some((prefix) => namespace.startsWith(prefix));
}

/** Rows of the system, idle capacity and volumes stand in namespaces that Kubernetes forbids; they are never a workload. */
export function isPseudoNamespace(namespace: string): boolean {
  return namespace.startsWith('__');
}
