import type { ClusterRoom } from './cluster-room.ts';
import { goesWithNode } from './movability.ts';
import type { SpreadRule, Watch } from './pod-watches.ts';

/** What the rules between pods were like before some pods leave their node. */
export interface RulesNow {
  readonly skews: readonly { readonly owner: number; readonly rule: SpreadRule; readonly skew: number }[];
  /** Pods that have those that leave beside them, as they asked for. */
  readonly companions: readonly number[];
}

/** Rules that could break for pods that aren't asked again: the scheduler looks only at the pod that it places. */
export function rulesNow(room: ClusterRoom, leaving: readonly number[]): RulesNow {
  const touched = new Set<Watch>();
  for (const pod of leaving) for (const watch of room.pods[pod]?.rules.matched ?? []) touched.add(watch);
  const skews: { owner: number; rule: SpreadRule; skew: number }[] = [];
  const companions: number[] = [];
  if (touched.size === 0) return { skews, companions };
  const seen = new Set<string>();
  room.pods.forEach(({ rules, fit, pod }, owner) => {
    if ((room.placeOf[owner] ?? -1) < 0) return;
    if (rules.affinity.some((watch) => touched.has(watch)) && room.keepsCompany(owner)) companions.push(owner);
    if (goesWithNode(pod)) return;
    for (const rule of rules.spread) {
      const key = `${rule.watch.id} ${rule.maxSkew} ${fit.id}`;
      if (!touched.has(rule.watch) || seen.has(key)) continue;
      seen.add(key);
      skews.push({ owner, rule, skew: room.skewOf(rule, fit) });
    }
  });
  return { skews, companions };
}

/** A pod whose rule held before and is broken now; null: none. */
export function rulesBroken(room: ClusterRoom, moving: readonly number[], before: RulesNow): number | null {
  const companion = [...before.companions, ...moving].find((pod) => !room.keepsCompany(pod));
  if (companion !== undefined) return companion;
  const uneven = before.skews.find(({ owner, rule, skew }) => {
    const fit = room.pods[owner]?.fit;
    return fit !== undefined && room.skewOf(rule, fit) > Math.max(rule.maxSkew, skew);
  });
  return uneven?.owner ?? null;
}
