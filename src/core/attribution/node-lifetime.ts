import type { NodeDescription } from '../../model/inventory.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage } from '../../model/usage.ts';

/** A node whose samples cover nearly as much as the others' existed all the time. */
const WHOLE_FROM_SHARE = 0.9;

/**
 * Seconds of the window in which a node existed. Its creation says when it came. When it went is told only by its
 * samples ending early: so only for a node that the inventory no longer has.
 * @param coveredSeconds covered seconds of the whole reading, to compare with
 */
export function existedSeconds(
  node: NodeDescription,
  usage: NodeUsage | null,
  isInInventory: boolean,
  window: Window,
  coveredSeconds: number,
): number {
  const end = windowEndSeconds(window);
  const createdAt = node.createdAtSeconds;
  if (createdAt !== null && createdAt > window.startSeconds && createdAt < end) {
    // A node of that name may have been there before: then its samples reach further back.
    return Math.max(end - createdAt, Math.min(window.durationSeconds, usage?.coveredSeconds ?? 0));
  }
  if (isInInventory || usage === null || usage.cpuSeconds === null || coveredSeconds <= 0)
    return window.durationSeconds;
  const share = usage.coveredSeconds / coveredSeconds;
  return share > 0 && share < WHOLE_FROM_SHARE ? window.durationSeconds * share : window.durationSeconds;
}
