import { PEAK_COLUMNS, SUM_COLUMNS } from '../../sql/sums.ts';
import type { IndexFamily } from './family.ts';
import { each, figure, instant, keyword, unindexedKeyword } from './fields.ts';
import { GROUP_FIELDS } from './results.ts';

const OF_WORKLOADS = Object.fromEntries(
  Object.entries(GROUP_FIELDS).filter(([name]) => name !== 'pod_name' && name !== 'pod_key'),
);

const FIELDS_OF_GRAIN = {
  pod: GROUP_FIELDS,
  workload: OF_WORKLOADS,
  namespace: { namespace: keyword, namespace_key: unindexedKeyword },
} as const;

/** Sums of the rows whose window starts in the UTC hour or day that begins at `timestamp`. */
export const ROLLUP_FAMILIES: readonly IndexFamily[] = (['hour', 'day'] as const).flatMap((period) =>
  (['pod', 'workload', 'namespace'] as const).map(
    (grain): IndexFamily => ({
      name: `rollup-${period}-${grain}`,
      partition: period === 'hour' ? 'month' : 'year',
      properties: {
        cluster_id: keyword,
        timestamp: instant,
        generation: keyword,
        ...FIELDS_OF_GRAIN[grain],
        ...each(
          [...SUM_COLUMNS, ...(period === 'hour' && grain === 'pod' ? PEAK_COLUMNS : [])].map(({ column }) => column),
          figure,
        ),
      },
    }),
  ),
);
