/** What tells a distribution of Kubernetes. Keys and prefixes are of labels of nodes. */
export interface ProviderRule {
  readonly provider: string;
  /** Found in the version of the API server or of a kubelet. */
  readonly version?: RegExp;
  readonly labelPrefixes?: readonly string[];
  readonly providerId?: RegExp;
  readonly osImage?: RegExp;
  readonly server?: RegExp;
  readonly nodeName?: RegExp;
}

/**
 * Who runs a cluster, by rules in order: the first that a node or the server meets names it for that node. Marks of a managed service
 * (labels that only it writes, its suffix in the version) come before what a bare machine of the same cloud shows.
 */
export const PROVIDER_RULES: readonly ProviderRule[] = [
  {
    provider: 'openshift',
    labelPrefixes: ['node.openshift.io/', 'machineconfiguration.openshift.io/', 'hypershift.openshift.io/'],
    osImage: /Red Hat Enterprise Linux CoreOS|OpenShift/i,
  },
  {
    provider: 'eks',
    version: /-eks-/,
    labelPrefixes: ['eks.amazonaws.com/', 'alpha.eksctl.io/'],
    server: /\.eks\.amazonaws\.com/,
  },
  { provider: 'gke', version: /-gke\./, labelPrefixes: ['cloud.google.com/gke-'] },
  { provider: 'aks', labelPrefixes: ['kubernetes.azure.com/'], server: /\.azmk8s\.io/, nodeName: /^aks-/ },
  {
    provider: 'ovh',
    labelPrefixes: ['k8s.ovh.net/', 'node.k8s.ovh/'],
    server: /\.k8s\.ovh\.(net|us)/,
  },
  { provider: 'kapsule', labelPrefixes: ['k8s.scaleway.com/'], server: /\.k8s\.[a-z-]+\.scw\.cloud/ },
  { provider: 'doks', labelPrefixes: ['doks.digitalocean.com/'], server: /\.k8s\.ondigitalocean\.com/ },
  { provider: 'lke', labelPrefixes: ['lke.linode.com/'], server: /\.linodelke\.net/ },
  { provider: 'iks', version: /\+IKS/i, labelPrefixes: ['ibm-cloud.kubernetes.io/'] },
  { provider: 'oke', labelPrefixes: ['oke.oraclecloud.com/', 'oci.oraclecloud.com/'] },
  { provider: 'ack', version: /-aliyun\./, labelPrefixes: ['alibabacloud.com/', 'node.alibabacloud.com/'] },
  { provider: 'sks', labelPrefixes: ['node.exoscale.net/'], server: /\.sks-[a-z0-9-]+\.exo\.io/ },
  { provider: 'vke', labelPrefixes: ['vke.vultr.com/'], server: /\.vultr-k8s\.com/ },
  { provider: 'tkg', version: /\+vmware\./, labelPrefixes: ['run.tanzu.vmware.com/'] },
  { provider: 'rke2', version: /\+rke2r/, labelPrefixes: ['rke2.io/'], providerId: /^rke2:/ },
  { provider: 'k3s', version: /\+k3s/, labelPrefixes: ['k3s.io/'], providerId: /^k3[sd]:/ },
  { provider: 'k0s', version: /\+k0s/, labelPrefixes: ['k0sproject.io/'] },
  { provider: 'rke', labelPrefixes: ['rke.cattle.io/'] },
  { provider: 'minikube', labelPrefixes: ['minikube.k8s.io/'] },
  { provider: 'microk8s', labelPrefixes: ['microk8s.io/'] },
  { provider: 'kind', providerId: /^kind:/, nodeName: /^kind-(control-plane|worker\d*)$/ },
  { provider: 'docker-desktop', nodeName: /^docker-desktop$/ },
  { provider: 'talos', osImage: /^Talos /, labelPrefixes: ['node.talos.dev/'] },
];

/** None of the rules holds: Kubernetes as it comes. */
export const PLAIN_KUBERNETES = 'vanilla';
