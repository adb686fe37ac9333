import { ROW_NUMBERS } from '../../sql/row-columns.ts';
import { ROW_ONLY_SUMS } from '../row-sums.ts';
import type { IndexFamily } from './family.ts';
import {
  each,
  figure,
  instant,
  keyword,
  unindexedKeyword,
  unindexedObject,
  unindexedText,
  whole,
  yesOrNo,
} from './fields.ts';

/** What a document belongs to: which window of which cluster, and which attempt to write it. */
const WINDOW = {
  cluster_id: keyword,
  timestamp: instant,
  duration_seconds: figure,
  // See cluster-head.ts: documents of a generation that is listed there as hidden do not count.
  generation: keyword,
} as const;

/** Names that groups and filters go by; the same in rows, roll-ups and presence. See group-fields.ts. */
export const GROUP_FIELDS = {
  row_kind: keyword,
  ...each(['namespace', 'pod_name', 'node', 'workload', 'team_key', 'emaps_zone', 'provider'], keyword),
  ...each(['namespace_key', 'workload_key', 'pod_key', 'node_key'], unindexedKeyword),
} as const;

export const RESULT_FAMILIES: readonly IndexFamily[] = [
  {
    name: 'combined-metrics',
    partition: 'day',
    properties: {
      ...WINDOW,
      ...GROUP_FIELDS,
      ...each(['owner_kind', 'owner_name', 'team', 'pod_uid', 'node_instance_type', 'node_zone'], unindexedKeyword),
      ...each(['sources', 'calculation_version'], unindexedKeyword),
      is_estimated: yesOrNo,
      estimation_reasons: unindexedKeyword,
      grid_intensity_timestamp: instant,
      ...each(
        ROW_NUMBERS.map(([column]) => column),
        figure,
      ),
      ...each(ROW_ONLY_SUMS, figure),
    },
    sumOnly: ROW_ONLY_SUMS,
  },
  {
    name: 'node-windows',
    partition: 'month',
    properties: {
      ...WINDOW,
      ...each(['node', 'node_key', 'cpu_source', 'curve_id', 'sources'], keyword),
      ...each(
        [
          'cpu_seconds',
          'system_cpu_seconds',
          'utilisation',
          'existed_seconds',
          'measured_joules',
          'cpu_capacity',
          'memory_capacity',
          'cpu_allocatable',
          'memory_allocatable',
          'curve_watts_0',
          'curve_watts_10',
          'curve_watts_50',
          'curve_watts_100',
          'curve_low_factor',
          'curve_high_factor',
          'idle_watts',
          'joules_dynamic',
          'joules_idle_reserved',
          'joules_system',
          'joules_unallocated',
          'joules_total',
        ],
        figure,
      ),
    },
  },
  {
    // What each node was in each window; node-snapshots are the ones that differ from the one before.
    name: 'node-sightings',
    partition: 'month',
    properties: { ...WINDOW, ...each(['node_key', 'facts_hash'], keyword), facts: unindexedObject },
  },
  {
    name: 'node-snapshots',
    partition: 'none',
    properties: {
      ...each(['cluster_id', 'name', 'node_key'], keyword),
      ...each(['timestamp', 'snapshot_timestamp'], instant),
      ...each(['instance_type', 'provider', 'region', 'zone', 'emaps_zone', 'architecture', 'os'], keyword),
      ...each(['cpu_capacity', 'memory_capacity', 'embodied_kilograms'], figure),
    },
  },
  {
    name: 'pod-presence',
    partition: 'none',
    properties: {
      cluster_id: keyword,
      ...GROUP_FIELDS,
      pod_key: keyword,
      // True where the pod has no other document, so that documents can be counted in place of pods.
      is_only: yesOrNo,
      ...each(['first_seen', 'last_seen'], instant),
    },
  },
  {
    name: 'collection-runs',
    partition: 'year',
    properties: {
      ...WINDOW,
      ...each(['state', 'content_hash'], keyword),
      covered_seconds: figure,
      reason: unindexedText,
      notices: unindexedObject,
      row_count: whole,
      closed_at: instant,
    },
  },
];
