import { describe, expect, test } from 'vitest';
import { detectProvider, type ProviderFacts } from '../../../../../src/core/kubernetes/provider/detect.ts';
import { PLAIN_KUBERNETES, PROVIDER_RULES } from '../../../../../src/core/kubernetes/provider/rules.ts';

type Node = ProviderFacts['nodes'][number];
/** A machine that shows nothing of who runs it. */
const PLAIN: Node = {
  name: 'worker-1',
  providerId: null,
  labels: { 'kubernetes.io/os': 'linux', 'topology.kubernetes.io/region': 'eu-west-3' },
  kubeletVersion: 'v1.34.1',
  osImage: 'Ubuntu 24.04.3 LTS',
};
type Mark =
  | { readonly label: string }
  | { readonly kubeletVersion: string }
  | { readonly providerId: string }
  | { readonly osImage: string }
  | { readonly name: string };

function marked(mark: Mark): Node {
  return 'label' in mark ? { ...PLAIN, labels: { ...PLAIN.labels, [mark.label]: 'x' } } : { ...PLAIN, ...mark };
}
const of = (nodes: readonly Node[], serverUrl = 'https://10.0.0.1:6443', serverVersion = 'v1.34.1') =>
  detectProvider({ serverUrl, serverVersion, nodes });

/** Marks as nodes of each service or distribution show them. */
const MARKS: readonly [string, ...Mark[]][] = [
  [
    'openshift',
    { label: 'node.openshift.io/os_id' },
    { label: 'machineconfiguration.openshift.io/role' },
    { label: 'hypershift.openshift.io/managed' },
    { osImage: 'Red Hat Enterprise Linux CoreOS 418.94.202501221327-0' },
    { osImage: 'OpenShift Enterprise' },
  ],
  [
    'eks',
    { label: 'eks.amazonaws.com/nodegroup' },
    { label: 'eks.amazonaws.com/compute-type' },
    { label: 'alpha.eksctl.io/cluster-name' },
    { kubeletVersion: 'v1.31.4-eks-aeac579' },
  ],
  ['gke', { label: 'cloud.google.com/gke-nodepool' }, { kubeletVersion: 'v1.31.5-gke.1068000' }],
  ['aks', { label: 'kubernetes.azure.com/agentpool' }, { name: 'aks-system-12345678-vmss00000a' }],
  ['ovh', { label: 'k8s.ovh.net/nodepool' }, { label: 'node.k8s.ovh/type' }],
  ['kapsule', { label: 'k8s.scaleway.com/pool-name' }],
  ['doks', { label: 'doks.digitalocean.com/node-id' }],
  ['lke', { label: 'lke.linode.com/pool-id' }],
  ['iks', { label: 'ibm-cloud.kubernetes.io/machine-type' }, { kubeletVersion: 'v1.31.5+IKS' }],
  ['oke', { label: 'oci.oraclecloud.com/fault-domain' }, { label: 'oke.oraclecloud.com/node.info.private_subnet' }],
  [
    'ack',
    { label: 'alibabacloud.com/nodepool-id' },
    { label: 'node.alibabacloud.com/spot-strategy' },
    { kubeletVersion: 'v1.31.1-aliyun.1' },
  ],
  ['sks', { label: 'node.exoscale.net/nodepool-name' }],
  ['vke', { label: 'vke.vultr.com/node-pool' }],
  ['tkg', { label: 'run.tanzu.vmware.com/tkr' }, { kubeletVersion: 'v1.28.4+vmware.1' }],
  ['rke2', { label: 'rke2.io/hostname' }, { kubeletVersion: 'v1.31.5+rke2r1' }, { providerId: 'rke2://node-1' }],
  [
    'k3s',
    { label: 'k3s.io/hostname' },
    { kubeletVersion: 'v1.31.5+k3s1' },
    { providerId: 'k3s://node-1' },
    { providerId: 'k3d://k3d-dev-server-0' },
  ],
  ['k0s', { label: 'k0sproject.io/control-plane' }, { kubeletVersion: 'v1.31.5+k0s' }],
  ['rke', { label: 'rke.cattle.io/machine' }],
  ['minikube', { label: 'minikube.k8s.io/primary' }],
  ['microk8s', { label: 'microk8s.io/cluster' }],
  [
    'kind',
    { providerId: 'kind://docker/dev/dev-worker2' },
    { name: 'kind-control-plane' },
    { name: 'kind-worker' },
    { name: 'kind-worker12' },
  ],
  ['docker-desktop', { name: 'docker-desktop' }],
  ['talos', { osImage: 'Talos (v1.9.1)' }, { label: 'node.talos.dev/role' }],
];

const each = MARKS.flatMap(([provider, ...marks]) => marks.map((mark) => [provider, mark] as const));

describe('a mark of a node', () => {
  test.each(each)('%s: %j', (provider, mark) => {
    expect(of([marked(mark)])).toBe(provider);
  });

  test('is known of every rule, and of every prefix that a rule has', () => {
    expect(MARKS.map(([provider]) => provider).sort()).toEqual(PROVIDER_RULES.map(({ provider }) => provider).sort());
    const labels = each.flatMap(([, mark]) => ('label' in mark ? [mark.label] : []));
    const prefixes = PROVIDER_RULES.flatMap(({ labelPrefixes = [] }) => labelPrefixes);
    expect(prefixes.filter((prefix) => !labels.some((label) => label.startsWith(prefix)))).toEqual([]);
  });

  test.each<Mark>([
    // Names and labels that only look alike, and marks that machines of a cloud bear under any Kubernetes.
    { name: 'my-aks-node' },
    { name: 'kind-of-worker' },
    { name: 'kind-worker-extra' },
    { name: 'docker-desktop-2' },
    { name: 'eks' },
    { osImage: 'Flatcar Talos edition' },
    { providerId: 'aws:///eu-west-3a/i-0123456789abcdef0' },
    { providerId: 'gce://project/europe-west1-b/gke-like' },
    { providerId: 'azure:///subscriptions/x/virtualMachines/y' },
    { providerId: 'ocid1.instance.oc1.eu-paris-1.x' },
    { label: 'example.com/eks.amazonaws.com' },
    { label: 'cloud.google.com/machine-family' },
    { label: 'topology.k8s.aws/zone-id' },
    { kubeletVersion: 'v1.34.1+custom' },
  ])('that is none: %j', (mark) => {
    expect(of([marked(mark)])).toBe(PLAIN_KUBERNETES);
  });
});

describe('the server', () => {
  test.each([
    ['eks', 'https://0123abcd.sk1.eu-west-3.eks.amazonaws.com'],
    ['aks', 'https://shop-dns-1a2b3c4d.hcp.westeurope.azmk8s.io:443'],
    ['ovh', 'https://abc123.c1.gra9.k8s.ovh.net'],
    ['ovh', 'https://abc123.c1.vint.k8s.ovh.us'],
    ['kapsule', 'https://1f2e.api.k8s.nl-ams.scw.cloud:6443'],
    ['doks', 'https://1f2e-3d.k8s.ondigitalocean.com'],
    ['lke', 'https://1f2e.fr-par-1.linodelke.net:443'],
    ['sks', 'https://1f2e.sks-ch-gva-2.exo.io:443'],
    ['vke', 'https://1f2e.vultr-k8s.com:6443'],
  ])('of %s is told by %s, and goes before what its nodes show', (provider, url) => {
    expect(of([], url)).toBe(provider);
    expect(of([marked({ label: 'rke.cattle.io/machine' })], url)).toBe(provider);
  });

  test.each(['https://eks.amazonaws.com.example.org', 'https://k8s.ovh.example.org', 'https://azmk8s.io.local'])(
    'that only looks alike is none: %s',
    (url) => {
      expect(of([PLAIN], url)).toBe(PLAIN_KUBERNETES);
    },
  );

  test('has a version before nodes are known; without one nothing is said', () => {
    expect(of([], 'https://10.0.0.1', 'v1.31.5+rke2r1')).toBe('rke2');
    expect(detectProvider({ serverUrl: 'https://10.0.0.1', serverVersion: null, nodes: [PLAIN] })).toBe('vanilla');
  });
});

describe('nodes of several kinds', () => {
  const eks = marked({ label: 'eks.amazonaws.com/nodegroup' });
  const k3s = marked({ kubeletVersion: 'v1.31.5+k3s1' });

  test('are counted, plain ones too; equal counts go by name, in any order of the nodes', () => {
    expect(of([PLAIN, PLAIN, eks])).toBe('vanilla');
    expect(of([eks, k3s, k3s])).toBe('k3s');
    expect([of([eks, k3s]), of([k3s, eks])]).toEqual(['eks', 'eks']);
    expect([of([eks, PLAIN]), of([PLAIN, eks])]).toEqual(['eks', 'eks']);
  });

  test('one node with marks of two counts once, for the managed service', () => {
    const both = { ...eks, osImage: 'Talos (v1.9.1)' };
    expect(of([both])).toBe('eks');
    const rke2OnKapsule = { ...marked({ label: 'k8s.scaleway.com/pool' }), kubeletVersion: 'v1.31.5+rke2r1' };
    expect(of([rke2OnKapsule])).toBe('kapsule');
  });
});
