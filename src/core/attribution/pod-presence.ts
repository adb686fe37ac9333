import type { Inventory, PodDescription } from '../../model/inventory.ts';
import { type EpochSeconds, type Window, windowEndSeconds } from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';

/** Name of a pod within a cluster; a slash can't stand in a Kubernetes name. */
export function podKey(pod: { readonly namespace: string; readonly name: string }): string {
  return `${pod.namespace}/${pod.name}`;
}

/** Pods of the inventory by name; of two with one name (a finished one and its successor), the younger. */
export function podsByName(inventory: Inventory): Map<string, PodDescription> {
  const byName = new Map<string, PodDescription>();
  for (const pod of inventory.pods) {
    const known = byName.get(podKey(pod));
    if (known === undefined || (known.createdAtSeconds ?? 0) <= (pod.createdAtSeconds ?? 0))
      byName.set(podKey(pod), pod);
  }
  return byName;
}

/**
 * Seconds of a window in which a pod of the inventory was bound and not finished, as far as its times tell. The time
 * of binding is not kept by the API server, so the creation stands for it. A pod of unknown age counts from when it
 * was read.
 */
export function boundSeconds(pod: PodDescription, window: Window, readAtSeconds: EpochSeconds): number {
  if (pod.node === null) return 0;
  const isFinished = pod.phase === 'Succeeded' || pod.phase === 'Failed';
  if (isFinished && pod.finishedAtSeconds === null) return 0;
  const from = pod.createdAtSeconds ?? pod.startedAtSeconds ?? readAtSeconds;
  const end = windowEndSeconds(window);
  const until = pod.finishedAtSeconds ?? end;
  return Math.max(0, Math.min(end, until) - Math.max(window.startSeconds, from));
}

/**
 * True if the reading itself knows which pods there were (kube-state-metrics). Then a pod that it doesn't list was
 * not there, whatever the API server says now.
 */
export function knowsPods(reading: UsageReading): boolean {
  return reading.pods.some((pod) => pod.phase !== null || pod.requests !== null);
}
