import type { VolumeUsage } from '../../model/energy.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';

/**
 * Volumes of a live window as the API server lists claims now, with the bytes that kubelets saw; null where claims
 * could not be listed.
 */
export function volumesOf(
  inventory: Inventory,
  window: Window,
  usedBytes: ReadonlyMap<string, number>,
): readonly VolumeUsage[] | null {
  if (inventory.volumes === undefined) return null;
  const end = windowEndSeconds(window);
  return inventory.volumes.flatMap((volume) => {
    const from = Math.max(window.startSeconds, volume.createdAtSeconds ?? window.startSeconds);
    if (from >= end) return [];
    const { createdAtSeconds: _, ...known } = volume;
    return [
      { ...known, aliveSeconds: end - from, usedBytes: usedBytes.get(`${volume.namespace}/${volume.claim}`) ?? null },
    ];
  });
}
