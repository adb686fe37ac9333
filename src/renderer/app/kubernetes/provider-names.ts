const NAMES: Readonly<Record<string, string>> = {
  eks: 'EKS',
  gke: 'GKE',
  aks: 'AKS',
  openshift: 'OpenShift',
  ovh: 'OVH Managed Kubernetes',
  kapsule: 'Scaleway Kapsule',
  doks: 'DigitalOcean Kubernetes',
  lke: 'Linode Kubernetes',
  iks: 'IBM Kubernetes Service',
  oke: 'Oracle OKE',
  ack: 'Alibaba ACK',
  sks: 'Exoscale SKS',
  vke: 'Vultr Kubernetes',
  tkg: 'VMware Tanzu',
  rke2: 'RKE2',
  rke: 'RKE',
  minikube: 'minikube',
  microk8s: 'MicroK8s',
  'docker-desktop': 'Docker Desktop',
  talos: 'Talos',
  vanilla: 'Kubernetes',
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  onprem: 'on premises',
};

/** What people call the product or cloud that runs a cluster; a name that is not in the table stays as it is. */
export const providerName = (provider: string): string => NAMES[provider] ?? provider;

/** `v1.33.4-eks-2f` → `1.33`. */
export const shortVersion = (version: string): string => version.replace(/^v?(\d+\.\d+).*$/, '$1');
