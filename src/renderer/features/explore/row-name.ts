import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import type { ExploreGroup } from './level.ts';

type Named = Pick<BreakdownItem, 'label' | 'key' | 'row_kind' | 'node' | 'owner_name' | 'namespace'>;

/** How a row is called: names of Kubernetes as they are, rows of machines in words. */
export function rowName(item: Named, group: ExploreGroup): string {
  const words = ownWords(item);
  if (group === 'node') return item.node ?? item.label;
  if (words !== null) return group === 'pod' && item.node !== null ? `${words} on ${item.node}` : words;
  if (group === 'workload') return item.owner_name ?? item.label;
  if (group === 'team' && item.key === '') return 'No team';
  return item.label;
}

function ownWords(item: Named): string | null {
  switch (item.row_kind) {
    case 'system':
      return 'System';
    case 'unallocated':
      return 'Unallocated';
    case 'volume':
      return 'Storage';
    case 'pod':
      return null;
  }
}

/** Name of a filter's namespace in the path of the page. */
export function namespaceName(namespace: string): string {
  if (namespace === '__system__') return 'System';
  if (namespace === '__unallocated__') return 'Unallocated';
  return namespace === '__storage__' ? 'Storage' : namespace;
}

/** `Deployment/cart` → `cart`. */
export function workloadName(workload: string): string {
  return workload.slice(workload.indexOf('/') + 1);
}
