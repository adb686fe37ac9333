import * as z from 'zod';
import type { StoredRow } from '../../core/ports/results-store.ts';
import { ROW_KINDS } from '../../model/results.ts';
import { ROW_NUMBERS } from './row-columns.ts';
import { sourcesOfCode } from './source-code.ts';
import { numberIn } from './sums.ts';

const text = z.string();
const optionalText = z.string().nullable();

const Line = z.looseObject({
  cluster_id: text,
  start_seconds: z.number(),
  duration_seconds: z.number(),
  row_kind: z.int().min(0).max(3),
  pod_name: text,
  namespace: text,
  node: text,
  instance_type: optionalText,
  node_zone: optionalText,
  provider: text,
  zone: text,
  owner_kind: optionalText,
  owner_name: optionalText,
  team: optionalText,
  pod_uid: optionalText,
  estimation_reasons: text,
  calculation_version: text,
  grid_intensity_at_seconds: z.number().nullable(),
  is_estimated: z.number(),
  sources: z.number(),
});

type Numbers = Pick<StoredRow, (typeof ROW_NUMBERS)[number][1]>;

/** A stored row of an answer's line. */
export function rowOf(line: unknown): StoredRow {
  const row = Line.parse(line);
  const numbers: Partial<Record<keyof Numbers, number>> = {};
  for (const [column, field] of ROW_NUMBERS) numbers[field] = numberIn(row, column);
  return {
    clusterId: row.cluster_id,
    startSeconds: row.start_seconds,
    durationSeconds: row.duration_seconds,
    rowKind: ROW_KINDS[row.row_kind] ?? 'pod',
    podName: row.pod_name,
    namespace: row.namespace,
    podUid: row.pod_uid,
    node: row.node,
    nodeInstanceType: row.instance_type,
    nodeZone: row.node_zone,
    provider: row.provider,
    emapsZone: row.zone,
    ownerKind: row.owner_kind,
    ownerName: row.owner_name,
    team: row.team,
    ...(numbers as Numbers),
    gridIntensityAtSeconds: row.grid_intensity_at_seconds,
    isEstimated: row.is_estimated === 1,
    estimationReasons: z.array(z.string()).parse(JSON.parse(row.estimation_reasons)),
    sources: sourcesOfCode(row.sources),
    calculationVersion: row.calculation_version,
  };
}
