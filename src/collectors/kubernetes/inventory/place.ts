import type { NodePlace } from '../../../model/inventory.ts';
import { type Labels, providerOf } from './provider.ts';

/** Provider, region, zone and instance type of a node from its providerID and labels (legacy ones too). */
export function placeOf(providerId: string | null, labels: Labels): NodePlace {
  const instanceType = first(labels, ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type']);
  const labelledRegion = first(labels, ['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region']);
  const labelledZone = first(labels, ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone']);
  const provider = providerOf(providerId, labels, labelledRegion, instanceType);
  const zone = labelledZone ?? zoneInProviderId(providerId);
  return {
    provider,
    region: labelledRegion ?? (zone === null ? null : regionOfZone(provider, zone)),
    // Azure writes zone "0" for nodes outside any availability zone.
    zone: zone === '0' ? null : zone,
    instanceType,
  };
}

function first(labels: Labels, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = labels[key];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

/** `aws:///ZONE/i-…`, `gce://project/ZONE/name`, `scaleway://instance/ZONE/uuid`. */
function zoneInProviderId(providerId: string | null): string | null {
  const match = /^(?:aws:\/\/\/|gce:\/\/[^/]+\/|scaleway:\/\/instance\/)([a-z0-9-]+)\//.exec(providerId ?? '');
  return match?.[1] ?? null;
}

function regionOfZone(provider: NodePlace['provider'], zone: string): string | null {
  switch (provider) {
    case 'aws':
      return /^[a-z]{2}(?:-[a-z]+)+-\d+/.exec(zone)?.[0] ?? null;
    case 'gcp':
      return /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(zone)?.[1] ?? null;
    case 'scaleway':
      return /^([a-z]{2}-[a-z]{3})-\d+$/.exec(zone)?.[1] ?? null;
    default:
      return null;
  }
}
