import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import type { TargetOf } from '../../figures/explain/target.ts';
import { filterOfKey } from '../../figures/group-filter.ts';
import type { ExploreGroup, narrowingOf } from './level.ts';

type Item = Pick<BreakdownItem, 'key' | 'cluster_id' | 'namespace' | 'node' | 'row_kind' | 'label'>;

/**
 * What narrows a level to one of its rows: the row's figure and its explanation are of the same rows of the store. Null
 * where no filter says it: rows without a team.
 */
export function rowTarget(
  item: Item,
  group: ExploreGroup,
  narrowing: ReturnType<typeof narrowingOf>,
): Omit<TargetOf, 'metric'> | null {
  const own = { ...narrowing, ...(item.cluster_id === null ? {} : { cluster: item.cluster_id }) };
  const namespace = item.namespace ?? undefined;
  switch (group) {
    case 'namespace':
      return { ...own, namespace: namespace ?? filterOfKey(item.key, 'namespace').value };
    case 'workload':
      if (item.row_kind !== 'pod') return { ...own, namespace };
      return { ...own, namespace, workload: filterOfKey(item.key, 'workload').value };
    case 'pod':
      return {
        ...own,
        namespace,
        pod: filterOfKey(item.key, 'pod').value,
        ...(item.node === null ? {} : { node: item.node }),
      };
    case 'node':
      // Volumes are on no node; their namespace names them.
      return item.node === null ? { ...own, namespace } : { ...own, node: item.node };
    case 'team':
      return item.key === '' ? null : { ...own, team: item.key };
  }
}
