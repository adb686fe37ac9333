import type { Health } from '../../contract/schemas/system.ts';
import type { Family, Sample } from './exposition.ts';
import { toSeconds } from './hours.ts';
import type { ClusterNames } from './usage-families.ts';

type Source = Health['sources'][number];

/** States of the store and of the sources of each cluster; those that are off or were not asked yet have none. */
export function healthFamilies(health: Health, names: ClusterNames): Family[] {
  // Clusters that never answered have no id yet: of several, the one that failed is told.
  const sources = [...health.sources].sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  return [
    {
      name: 'podwatt_source_up',
      help: '1 where a source answered when it was last asked, 0 where it failed.',
      type: 'gauge',
      samples: sources.flatMap((source) => {
        if (source.state === 'off' || source.state === 'unknown') return [];
        return [{ labels: labelsOf(source, names), value: source.state === 'failed' ? 0 : 1 }];
      }),
    },
    {
      name: 'podwatt_source_last_good_timestamp_seconds',
      help: 'When a source last answered well, Unix time.',
      type: 'gauge',
      samples: sources.flatMap((source) =>
        source.last_good_at === null
          ? []
          : [{ labels: labelsOf(source, names), value: toSeconds(source.last_good_at) }],
      ),
    },
  ];
}

function labelsOf({ name, cluster_id }: Source, names: ClusterNames): Sample['labels'] {
  if (cluster_id === null || cluster_id === '') return { source: name };
  return { cluster: cluster_id, cluster_name: names.get(cluster_id)?.cluster_name ?? '', source: name };
}
