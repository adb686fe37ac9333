import type { ClusterItem } from '../../contract/schemas/contexts.ts';
import type { Summary } from '../../contract/schemas/metrics.ts';
import type { Family, Sample } from './exposition.ts';
import { toSeconds } from './hours.ts';
import type { ClusterNames } from './usage-families.ts';

const WINDOW_STATES = ['whole', 'partial', 'no-data'] as const;
export type WindowCounts = Readonly<Record<(typeof WINDOW_STATES)[number], number>>;

export interface ClusterDay {
  readonly cluster: string;
  readonly summary: Summary;
  readonly windows: WindowCounts;
}

/** What is there to be collected, and how it goes. */
export function clusterFamilies(clusters: readonly ClusterItem[]): Family[] {
  const of = (value: (cluster: ClusterItem) => number | null): Sample[] =>
    clusters.flatMap((cluster) => {
      const known = value(cluster);
      return known === null ? [] : [{ labels: { cluster: cluster.id, cluster_name: cluster.name }, value: known }];
    });
  return [
    {
      name: 'podwatt_cluster_info',
      help: 'What a cluster is; always 1.',
      type: 'gauge',
      samples: clusters.map(({ id, name, provider, region, currency, state, is_sample }) => ({
        labels: {
          cluster: id,
          cluster_name: name,
          provider: provider ?? '',
          region: region ?? '',
          currency,
          state,
          sample: String(is_sample),
        },
        value: 1,
      })),
    },
    {
      name: 'podwatt_cluster_nodes',
      help: 'Nodes of a cluster when it was last read.',
      type: 'gauge',
      samples: of(({ node_count }) => node_count),
    },
    {
      name: 'podwatt_collecting',
      help: '1 where a cluster is read without a problem, 0 where it is not.',
      type: 'gauge',
      samples: of(({ state }) => (isCollecting(state) ? 1 : 0)),
    },
    {
      name: 'podwatt_last_window_end_timestamp_seconds',
      help: 'End of the youngest window with data, Unix time.',
      type: 'gauge',
      samples: of(({ last_window_end }) => (last_window_end === null ? null : toSeconds(last_window_end))),
    },
  ];
}

/** Means of the last 24 whole hours, and what became of the windows. */
export function clusterDayFamilies(days: readonly ClusterDay[], names: ClusterNames): Family[] {
  const of = (value: (day: ClusterDay) => number | null, more: Record<string, string> = {}): Sample[] =>
    days.flatMap((day) => {
      const [labels, known] = [names.get(day.cluster), value(day)];
      if (labels === undefined || known === null) return [];
      const { cluster, cluster_name } = labels;
      return [{ labels: { cluster, cluster_name, ...more }, value: known }];
    });
  return [
    {
      name: 'podwatt_grid_intensity_grams_per_kwh',
      help: 'Mean grid intensity of the 24 whole hours that ended last, weighted by energy, g CO2e/kWh.',
      type: 'gauge',
      samples: of(({ summary }) => summary.mean_grid_intensity),
    },
    {
      name: 'podwatt_pue_ratio',
      help: 'Mean power usage effectiveness of the 24 whole hours that ended last, weighted by energy.',
      type: 'gauge',
      samples: of(({ summary }) => summary.mean_pue),
    },
    {
      name: 'podwatt_coverage_ratio',
      help: 'Share of the 24 whole hours that ended last which was collected.',
      type: 'gauge',
      samples: of(({ summary }) => summary.coverage),
    },
    {
      name: 'podwatt_windows_24h',
      help: 'Windows that began in the last 24 hours, by what became of them; no-data could not be read.',
      type: 'gauge',
      samples: WINDOW_STATES.flatMap((state) => of(({ windows }) => windows[state], { state })),
    },
  ];
}

function isCollecting(state: ClusterItem['state']): boolean {
  return state === 'collecting' || state === 'reading-history' || state === 'elsewhere';
}
