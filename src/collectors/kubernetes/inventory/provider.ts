import type { Provider } from '../../../model/cluster.ts';

export type Labels = Readonly<Record<string, string>>;

/** Scheme of a providerID to provider. Order of evidence: METHODOLOGY 0.11. */
const SCHEMES: Readonly<Record<string, Provider>> = {
  aws: 'aws',
  gce: 'gcp',
  azure: 'azure',
  ovh: 'ovh',
  scaleway: 'scaleway',
  digitalocean: 'digitalocean',
  hcloud: 'hetzner',
  hrobot: 'hetzner',
  ibm: 'ibm',
  ibmcloud: 'ibm',
  ibmpowervs: 'ibm',
  ibmvpc: 'ibm',
  linode: 'linode',
  oci: 'oracle',
  alicloud: 'alibaba',
  exoscale: 'exoscale',
  vsphere: 'onprem',
  metal3: 'onprem',
  baremetalhost: 'onprem',
  maas: 'onprem',
  proxmox: 'onprem',
  nutanix: 'onprem',
  harvester: 'onprem',
  tinkerbell: 'onprem',
  kubevirt: 'onprem',
  kind: 'onprem',
  k3s: 'onprem',
  k3d: 'onprem',
  rke2: 'onprem',
};

/** Labels that only the provider's own Kubernetes writes; a prefix matches each key that begins with it. */
const LABEL_PREFIXES: readonly (readonly [string, Provider])[] = [
  ['eks.amazonaws.com/', 'aws'],
  ['alpha.eksctl.io/', 'aws'],
  ['karpenter.k8s.aws/', 'aws'],
  ['topology.k8s.aws/', 'aws'],
  ['cloud.google.com/gke-', 'gcp'],
  ['kubernetes.azure.com/', 'azure'],
  ['k8s.ovh.net/', 'ovh'],
  ['node.k8s.ovh/', 'ovh'],
  ['k8s.scaleway.com/', 'scaleway'],
  ['doks.digitalocean.com/', 'digitalocean'],
  ['node.hetzner.cloud/', 'hetzner'],
  ['csi.hetzner.cloud/', 'hetzner'],
  ['instance.hetzner.cloud/', 'hetzner'],
  ['ibm-cloud.kubernetes.io/', 'ibm'],
  ['lke.linode.com/', 'linode'],
  ['oci.oraclecloud.com/', 'oracle'],
  ['oke.oraclecloud.com/', 'oracle'],
  ['alibabacloud.com/', 'alibaba'],
  ['node.alibabacloud.com/', 'alibaba'],
  ['node.exoscale.net/', 'exoscale'],
  ['minikube.k8s.io/', 'onprem'],
  ['microk8s.io/', 'onprem'],
];

/** OVH Public Cloud regions: `GRA9`, `EU-WEST-PAR-A`, …; looked at for OpenStack nodes only. */
const OVH_REGION =
  /^((GRA|SBG|BHS|WAW|RBX|LIM|ERI|SGP|SYD|VIN|HIL|DE|UK|TOR|PAR|FRA)\d+|EU-(WEST|CENTRAL|SOUTH)-[A-Z]{3}.*|CA-EAST-[A-Z]{3}.*|AP-(SOUTH|SOUTHEAST)-[A-Z]{3}.*|US-(EAST|WEST)-(VA|OR).*)$/i;

/**
 * Provider of a node: the scheme of its providerID, then labels. A region's name alone never decides. A node that neither a cloud's
 * controller nor a cloud's labels claim is own metal; one that carries an instance type of someone unknown is `unknown`.
 */
export function providerOf(
  providerId: string | null,
  labels: Labels,
  region: string | null,
  instanceType: string | null,
): Provider {
  const byLabel = LABEL_PREFIXES.find(([prefix]) => Object.keys(labels).some((key) => key.startsWith(prefix)))?.[1];
  if (providerId !== null && providerId !== '') {
    const scheme = /^([a-z0-9]+):\/\//i.exec(providerId)?.[1]?.toLowerCase();
    if (scheme === 'openstack') {
      return byLabel ?? (region !== null && OVH_REGION.test(region) ? 'ovh' : 'unknown');
    }
    if (scheme !== undefined) return SCHEMES[scheme] ?? byLabel ?? 'unknown';
    if (providerId.startsWith('ocid1.')) return 'oracle';
    return byLabel ?? (/^[a-z]+-[a-z]+(-\d+)?\.i-/.test(providerId) ? 'alibaba' : 'unknown');
  }
  return byLabel ?? (region === null && instanceType === null ? 'onprem' : 'unknown');
}
