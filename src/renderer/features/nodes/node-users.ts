import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { addParts, meanWatts, partsTotal } from '../../charts/power.ts';
import { filterOfKey } from '../../figures/group-filter.ts';

/** One line of "Who uses it": mean watts over what was collected of the node. */
export interface UserLine {
  readonly key: string;
  readonly name: string;
  readonly namespace: string | null;
  /** Its own name as the store has it; null for lines of several pods. */
  readonly pod: string | null;
  readonly kind: 'pod' | 'more' | 'system' | 'unallocated' | 'volume';
  readonly watts: number | null;
  /** Of it idle power that is reserved; null where the word means nothing (system). */
  readonly idleWatts: number | null;
}

export interface NodeUsers {
  readonly lines: readonly UserLine[];
  readonly podCount: number;
  /** Of the node; the lines add up to it. */
  readonly total: { readonly watts: number | null; readonly idleWatts: number | null };
}

/**
 * Pods by power, the rest in one line, then what no pod asked for. `pods` is how many pods have a line of their own;
 * `podsInAll` counts those too that were not loaded.
 */
export function nodeUsers(
  items: readonly BreakdownItem[],
  nodeItem: BreakdownItem,
  coveredSeconds: number,
  pods: number,
): NodeUsers {
  const watts = (joules: number): number | null => meanWatts(joules, coveredSeconds);
  const own = items
    .filter((item) => item.row_kind === 'pod')
    .toSorted((a, b) => partsTotal(b.parts) - partsTotal(a.parts));
  const podCount = Math.max(own.length, nodeItem.pod_count);
  const shown = own.slice(0, own.length === pods + 1 ? own.length : pods);
  const shownParts = addParts(shown.map((item) => item.parts));
  const all = nodeItem.parts;
  const moreDynamic = Math.max(0, all.dynamic_joules - shownParts.dynamic_joules);
  const moreIdle = Math.max(0, all.idle_joules - shownParts.idle_joules);
  const lines: UserLine[] = shown.map((item) => ({
    key: `${item.namespace} ${item.key}`,
    name: item.label,
    namespace: item.namespace,
    pod: filterOfKey(item.key, 'pod').value,
    kind: 'pod',
    watts: watts(partsTotal(item.parts)),
    idleWatts: watts(item.parts.idle_joules),
  }));
  if (podCount > shown.length) {
    lines.push({
      key: 'more',
      name: `${podCount - shown.length} more pods`,
      namespace: null,
      pod: null,
      kind: 'more',
      watts: watts(moreDynamic + moreIdle),
      idleWatts: watts(moreIdle),
    });
  }
  const rest = { namespace: null, pod: null } as const;
  lines.push({
    ...rest,
    key: 'system',
    name: 'System',
    kind: 'system',
    watts: watts(all.system_joules),
    idleWatts: null,
  });
  const spare = watts(all.unallocated_joules);
  lines.push({ ...rest, key: 'unallocated', name: 'Unallocated', kind: 'unallocated', watts: spare, idleWatts: spare });
  return {
    lines,
    podCount,
    total: { watts: watts(partsTotal(all)), idleWatts: watts(all.idle_joules + all.unallocated_joules) },
  };
}
