import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../../../src/collectors/kubernetes/inventory/place.ts';

const region = (name: string) => ({ 'topology.kubernetes.io/region': name });

describe('provider', () => {
  it.each([
    ['aws:///eu-west-3a/i-1', 'aws'],
    ['gce://p/europe-west1-b/n', 'gcp'],
    ['azure:///subscriptions/x', 'azure'],
    ['scaleway://instance/fr-par-1/u', 'scaleway'],
    ['ovh://x', 'ovh'],
    ['digitalocean://1', 'digitalocean'],
    ['hcloud://1', 'hetzner'],
    ['ibm://x', 'ibm'],
    ['linode://1', 'linode'],
    ['oci://ocid1.instance', 'oracle'],
    ['ocid1.instance.oc1.x', 'oracle'],
    ['cn-hangzhou.i-abc', 'alibaba'],
    ['exoscale://u', 'exoscale'],
    ['k3s://node', 'onprem'],
    ['kind://docker/kind/n', 'onprem'],
    ['vsphere://u', 'onprem'],
    ['something://u', 'unknown'],
  ])('%s is %s', (providerId, provider) => {
    expect(placeOf(providerId, {}).provider).toBe(provider);
  });

  it('takes the scheme before labels', () => {
    expect(placeOf('aws:///a/i', { 'cloud.google.com/gke-nodepool': 'x' }).provider).toBe('aws');
  });

  it.each([
    ['eks.amazonaws.com/nodegroup', 'aws'],
    ['cloud.google.com/gke-nodepool', 'gcp'],
    ['kubernetes.azure.com/agentpool', 'azure'],
    ['k8s.scaleway.com/pool', 'scaleway'],
    ['doks.digitalocean.com/node-id', 'digitalocean'],
    ['lke.linode.com/pool-id', 'linode'],
  ])('label %s means %s where there is no providerID', (label, provider) => {
    expect(placeOf(null, { [label]: 'x' }).provider).toBe(provider);
  });

  it('takes OpenStack for OVH only where a label or an OVH region says so', () => {
    expect(placeOf('openstack:///u', region('GRA9')).provider).toBe('ovh');
    expect(placeOf('openstack:///u', region('EU-WEST-PAR')).provider).toBe('ovh');
    expect(placeOf('openstack:///u', { 'k8s.ovh.net/nodepool': 'x' }).provider).toBe('ovh');
    expect(placeOf('openstack:///u', { 'node.k8s.ovh/type': 'standard' }).provider).toBe('ovh');
    expect(placeOf('openstack:///u', region('RegionOne')).provider).toBe('unknown');
  });

  it("never decides by a region's name alone", () => {
    expect(placeOf(null, region('eu-west-3')).provider).toBe('unknown');
    expect(placeOf(null, region('GRA9')).provider).toBe('unknown');
  });

  it('takes a node that nobody claims for own metal', () => {
    expect(placeOf(null, { 'kubernetes.io/os': 'linux' })).toEqual({
      provider: 'onprem',
      region: null,
      zone: null,
      instanceType: null,
    });
  });
});

describe('place', () => {
  it('reads today’s labels before the legacy ones', () => {
    const labels = {
      'topology.kubernetes.io/region': 'new-1',
      'failure-domain.beta.kubernetes.io/region': 'old-1',
      'failure-domain.beta.kubernetes.io/zone': 'old-1a',
      'beta.kubernetes.io/instance-type': 'm4.large',
    };
    expect(placeOf('aws:///old-1a/i', labels)).toEqual({
      provider: 'aws',
      region: 'new-1',
      zone: 'old-1a',
      instanceType: 'm4.large',
    });
  });

  it.each([
    ['aws:///eu-central-1a/i-1', 'eu-central-1', 'eu-central-1a'],
    ['aws:///us-west-2-lax-1a/i-1', 'us-west-2', 'us-west-2-lax-1a'],
    ['gce://p/europe-west1-b/n', 'europe-west1', 'europe-west1-b'],
    ['scaleway://instance/fr-par-1/u', 'fr-par', 'fr-par-1'],
  ])('without labels, %s tells region %s and zone %s', (providerId, expectedRegion, zone) => {
    expect(placeOf(providerId, {})).toMatchObject({ region: expectedRegion, zone });
  });

  it('knows that zone 0 of Azure is none', () => {
    const labels = { ...region('westeurope'), 'topology.kubernetes.io/zone': '0' };
    expect(placeOf('azure:///s', labels)).toMatchObject({ region: 'westeurope', zone: null });
  });
});
