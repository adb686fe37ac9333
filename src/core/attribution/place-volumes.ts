import type { VolumeUsage } from '../../model/energy.ts';
import type { NodeFacts, VolumeFacts } from '../../model/facts.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { Window } from '../../model/time.ts';

/**
 * Volumes with the node whose place is theirs: the one that mounts it, else one of its zone, else the first. A cluster
 * without nodes has no place for them. Each claim stands once.
 */
export function placeVolumes(
  volumes: readonly VolumeUsage[],
  nodes: readonly NodeFacts[],
  window: Window,
): VolumeFacts[] {
  const first = nodes[0]?.node;
  if (first === undefined) return [];
  const byName = new Map(nodes.map(({ node }) => [node.name, node]));
  const byZone = new Map<string, NodeDescription>();
  for (const { node } of nodes) if (node.zone !== null && !byZone.has(node.zone)) byZone.set(node.zone, node);
  return [...joinClaims(volumes, window).values()].map((volume) => {
    const mounting = volume.node === null ? undefined : byName.get(volume.node);
    const place = mounting ?? (volume.zone === undefined ? undefined : byZone.get(volume.zone)) ?? first;
    return { ...volume, place };
  });
}

/** A claim that was made anew in the window, or is listed for two nodes, is one: the later names it. */
function joinClaims(volumes: readonly VolumeUsage[], window: Window): ReadonlyMap<string, VolumeUsage> {
  const claims = new Map<string, VolumeUsage>();
  for (const volume of volumes) {
    const key = `${volume.namespace}/${volume.claim}`;
    const before = claims.get(key);
    const aliveSeconds = Math.min(window.durationSeconds, volume.aliveSeconds + (before?.aliveSeconds ?? 0));
    claims.set(key, {
      ...volume,
      aliveSeconds,
      requestedBytes: Math.max(volume.requestedBytes, before?.requestedBytes ?? 0),
      usedBytes: volume.usedBytes ?? before?.usedBytes ?? null,
      node: volume.node ?? before?.node ?? null,
    });
  }
  return claims;
}
