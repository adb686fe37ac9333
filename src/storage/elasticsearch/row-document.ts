import * as z from 'zod';
import type { StoredRow } from '../../core/ports/results-store.ts';
import { type ResultRow, ROW_KINDS } from '../../model/results.ts';
import type { Window } from '../../model/time.ts';
import { isoOf, secondsOf } from '../sql/instants.ts';
import { OPTIONAL_ROW_NUMBERS, ROW_NUMBERS } from '../sql/row-columns.ts';
import { rowNumbersOf } from '../sql/row-line.ts';
import { sourcesOfCode, sourceTextOf } from '../sql/source-code.ts';
import { groupFields, groupOf } from './group-fields.ts';
import { derivedSums } from './row-sums.ts';

/** A row of a window as a document of `combined-metrics`. */
export function rowDocument(row: ResultRow, window: Window, timestamp: string, generation: string): object {
  const document: Record<string, unknown> = {
    cluster_id: row.clusterId,
    timestamp,
    duration_seconds: window.durationSeconds,
    generation,
    ...groupFields(row.clusterId, groupOf(row)),
    // Every column stands in every document: null where there is nothing.
    owner_kind: row.ownerKind,
    owner_name: row.ownerName,
    team: row.team,
    pod_uid: row.podUid,
    node_instance_type: row.nodeInstanceType,
    node_zone: row.nodeZone,
    grid_intensity_timestamp: row.gridIntensityAtSeconds === null ? null : isoOf(row.gridIntensityAtSeconds),
    is_estimated: row.isEstimated,
    estimation_reasons: row.estimationReasons,
    sources: sourceTextOf(row.sources),
    calculation_version: row.calculationVersion,
  };
  for (const [column, field] of [...ROW_NUMBERS, ...OPTIONAL_ROW_NUMBERS]) document[column] = row[field];
  return Object.assign(document, derivedSums(row, window.durationSeconds));
}

const Document = z.looseObject({
  cluster_id: z.string(),
  timestamp: z.string(),
  duration_seconds: z.number(),
  row_kind: z.enum(ROW_KINDS),
  pod_name: z.string(),
  namespace: z.string(),
  node: z.string(),
  provider: z.string(),
  emaps_zone: z.string(),
  estimation_reasons: z.array(z.string()),
  is_estimated: z.boolean(),
  sources: z.string(),
  calculation_version: z.string(),
  grid_intensity_timestamp: z.string().nullable().default(null),
});

/** The reverse of `rowDocument`. */
export function rowOf(source: unknown): StoredRow {
  const row = Document.parse(source);
  const { grid_intensity_timestamp: intensityAt } = row;
  return {
    clusterId: row.cluster_id,
    startSeconds: secondsOf(row.timestamp),
    durationSeconds: row.duration_seconds,
    rowKind: row.row_kind,
    podName: row.pod_name,
    namespace: row.namespace,
    podUid: textIn(row, 'pod_uid'),
    node: row.node,
    nodeInstanceType: textIn(row, 'node_instance_type'),
    nodeZone: textIn(row, 'node_zone'),
    provider: row.provider,
    emapsZone: row.emaps_zone,
    ownerKind: textIn(row, 'owner_kind'),
    ownerName: textIn(row, 'owner_name'),
    team: textIn(row, 'team'),
    ...rowNumbersOf(row),
    gridIntensityAtSeconds: intensityAt === null ? null : secondsOf(intensityAt),
    isEstimated: row.is_estimated,
    estimationReasons: row.estimation_reasons,
    sources: sourcesOfCode(Number(row.sources)),
    calculationVersion: row.calculation_version,
  };
}

function textIn(row: Readonly<Record<string, unknown>>, field: string): string | null {
  const value = row[field];
  return typeof value === 'string' ? value : null;
}
