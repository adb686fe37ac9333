import type { Sums } from '../ports/results-store.ts';

export const SPREADS = ['keep', 'reservation', 'even'] as const;
export type Spread = (typeof SPREADS)[number];

/** One group of a breakdown, and what of it is for all others. */
export interface SpreadGroup {
  /** Groups share within one cluster; the same for all where groups span clusters. */
  readonly pool: string;
  readonly sums: Sums;
  /** Distinct pods of the group. */
  readonly podCount: number;
  /** Part of `sums` that is spread: all of spare capacity, DaemonSets; null for none. */
  readonly shared: { readonly sums: Sums; readonly podCount: number } | null;
  /** False for the system of nodes and for volumes: they take no part. */
  readonly takes: boolean;
}

/**
 * Shows spare capacity and DaemonSets with the groups that they are there for: by the idle energy that the groups
 * reserve, or evenly by pod. Sums over all groups stay; a pool without a group that takes is left alone. Answers sums in
 * the order of the groups, null for a group of which nothing is left.
 */
export function spreadGroups(groups: readonly SpreadGroup[], by: Exclude<Spread, 'keep'>): (Sums | null)[] {
  const pools = new Map<string, { shared: Sums | null; weight: number; pods: number }>();
  for (const group of groups) {
    const pool = pools.get(group.pool) ?? { shared: null, weight: 0, pods: 0 };
    const more = group.shared?.sums ?? null;
    if (more !== null) pool.shared = pool.shared === null ? more : combined(pool.shared, more, 1);
    pool.weight += weightOf(group, by);
    pool.pods += podsOf(group);
    pools.set(group.pool, pool);
  }
  return groups.map((group) => {
    const pool = pools.get(group.pool);
    if (pool === undefined || pool.pods === 0) return group.sums;
    // Nobody reserves: evenly, so that nothing is lost.
    const share = pool.weight > 0 ? weightOf(group, by) / pool.weight : podsOf(group) / pool.pods;
    const isAllShared = group.shared !== null && !hasOwn(group);
    if (isAllShared) return null;
    const own = group.shared === null ? group.sums : combined(group.sums, group.shared.sums, -1);
    return pool.shared === null || share === 0 ? own : combined(own, pool.shared, share);
  });
}

function hasOwn(group: SpreadGroup): boolean {
  return group.takes && podsOf(group) > 0;
}

function podsOf({ takes, podCount, shared }: SpreadGroup): number {
  return takes ? Math.max(0, podCount - (shared?.podCount ?? 0)) : 0;
}

function weightOf(group: SpreadGroup, by: Exclude<Spread, 'keep'>): number {
  const pods = podsOf(group);
  if (pods === 0) return 0;
  return by === 'even' ? pods : Math.max(0, group.sums.joulesIdle - (group.shared?.sums.joulesIdle ?? 0));
}

/** `sums + factor × other`, each sum for itself; rounding never leaves one below zero. */
function combined(sums: Sums, other: Sums, factor: number): Sums {
  const result: Record<string, number> = { ...sums };
  for (const [name, value] of Object.entries(other)) {
    const before = result[name] ?? 0;
    const after = before + factor * value;
    result[name] = Math.abs(after) <= 1e-12 * Math.abs(before) || after < 0 ? 0 : after;
  }
  return { ...sums, ...result };
}
