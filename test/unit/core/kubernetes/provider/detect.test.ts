import { describe, expect, test } from 'vitest';
import { detectProvider, type ProviderFacts } from '../../../../../src/core/kubernetes/provider/detect.ts';
import { PROVIDER_RULES } from '../../../../../src/core/kubernetes/provider/rules.ts';

type Node = ProviderFacts['nodes'][number];
const node = (change: Partial<Node> = {}): Node => ({
  name: 'node-1',
  providerId: null,
  labels: {},
  kubeletVersion: 'v1.34.1',
  osImage: 'Ubuntu 24.04.3 LTS',
  ...change,
});
const labelled = (label: string) => node({ labels: { 'kubernetes.io/os': 'linux', [label]: 'x' } });
const of = (nodes: readonly Node[], change: Partial<ProviderFacts> = {}) =>
  detectProvider({ serverUrl: 'https://10.0.0.1:6443', serverVersion: 'v1.34.1', nodes, ...change });

describe('who runs a cluster', () => {
  test.each<[string, Node]>([
    ['eks', labelled('eks.amazonaws.com/nodegroup')],
    ['eks', node({ kubeletVersion: 'v1.35.3-eks-4f1b8d2' })],
    ['gke', labelled('cloud.google.com/gke-nodepool')],
    ['gke', node({ kubeletVersion: 'v1.35.2-gke.1310000' })],
    ['aks', labelled('kubernetes.azure.com/cluster')],
    ['aks', node({ name: 'aks-nodepool1-28000003-vmss000000' })],
    ['openshift', labelled('node.openshift.io/os_id')],
    ['openshift', node({ osImage: 'Red Hat Enterprise Linux CoreOS 418.94' })],
    ['ovh', labelled('k8s.ovh.net/nodepool')],
    ['kapsule', labelled('k8s.scaleway.com/kapsule')],
    ['doks', labelled('doks.digitalocean.com/node-pool')],
    ['lke', labelled('lke.linode.com/pool-id')],
    ['oke', labelled('oci.oraclecloud.com/fault-domain')],
    ['iks', labelled('ibm-cloud.kubernetes.io/worker-id')],
    ['ack', labelled('alibabacloud.com/nodepool-id')],
    ['sks', labelled('node.exoscale.net/nodepool-id')],
    ['rke2', node({ kubeletVersion: 'v1.34.1+rke2r1' })],
    ['k3s', node({ kubeletVersion: 'v1.35.1+k3s1' })],
    ['k3s', node({ providerId: 'k3s://node-1' })],
    ['k0s', node({ kubeletVersion: 'v1.34.1+k0s' })],
    ['minikube', labelled('minikube.k8s.io/version')],
    ['microk8s', labelled('microk8s.io/cluster')],
    ['kind', node({ providerId: 'kind://docker/kind/kind-control-plane' })],
    ['docker-desktop', node({ name: 'docker-desktop' })],
    ['talos', node({ osImage: 'Talos (v1.9.1)' })],
    ['vanilla', node()],
    // The machines of a cloud alone don't make its managed service.
    ['vanilla', node({ providerId: 'aws:///eu-west-3a/i-1', labels: { 'topology.k8s.aws/zone-id': 'x' } })],
    ['openshift', node({ labels: { 'node.openshift.io/os_id': 'rhcos', 'kubernetes.azure.com/mode': 'user' } })],
  ])('%s', (provider, shown) => {
    expect(of([shown])).toBe(provider);
  });

  test.each([
    ['eks', 'https://ABC.gr7.eu-west-3.eks.amazonaws.com', 'v1.34.1'],
    ['aks', 'https://dm-x.hcp.francecentral.azmk8s.io:443', 'v1.34.1'],
    ['kapsule', 'https://1-2-3.api.k8s.fr-par.scw.cloud:6443', 'v1.34.1'],
    ['doks', 'https://1-2.k8s.ondigitalocean.com', 'v1.34.1'],
    ['lke', 'https://1.eu-west-1.linodelke.net:443', 'v1.34.1'],
    ['k3s', 'https://10.0.0.1:6443', 'v1.34.1+k3s1'],
    ['gke', 'https://10.0.0.1', 'v1.35.2-gke.1310000'],
  ])('%s by its server, also before any node is known', (provider, serverUrl, serverVersion) => {
    const facts = { serverUrl: serverUrl.toLowerCase(), serverVersion };
    expect(of([], facts)).toBe(provider);
    expect(of([node(), node()], facts)).toBe(provider);
  });

  test('what most nodes show decides; nothing known is null', () => {
    const eks = labelled('eks.amazonaws.com/nodegroup');
    const gke = labelled('cloud.google.com/gke-nodepool');
    expect(of([gke, eks, eks])).toBe('eks');
    expect(of([eks, gke])).toBe('eks');
    expect(of([], { serverVersion: null })).toBeNull();
    expect(of([])).toBe('vanilla');
  });

  test('each rule has a mark', () => {
    for (const { provider, ...marks } of PROVIDER_RULES) expect(Object.keys(marks), provider).not.toEqual([]);
  });
});
