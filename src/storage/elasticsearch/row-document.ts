import * as z from 'zod';
import type { StoredRow } from '../../core/ports/results-store.ts';
import { type ResultRow, ROW_KINDS } from '../../model/results.ts';
import type { Window } from '../../model/time.ts';
import { ROW_NUMBERS } from '../sql/row-columns.ts';
import { sourceCodeOf, sourcesOfCode } from '../sql/source-code.ts';
import { numberIn } from '../sql/sums.ts';
import { groupFields, groupOf } from './group-fields.ts';
import { isoOf, secondsOf } from './instants.ts';
import { derivedSums } from './row-sums.ts';

/** A row of a window as a document of `combined-metrics`. */
export function rowDocument(row: ResultRow, window: Window, timestamp: string, generation: string): object {
  const document: Record<string, unknown> = {
    cluster_id: row.clusterId,
    timestamp,
    duration_seconds: window.durationSeconds,
    generation,
    ...groupFields(row.clusterId, groupOf(row)),
    is_estimated: row.isEstimated,
    estimation_reasons: row.estimationReasons,
    sources: codeText(row),
    calculation_version: row.calculationVersion,
  };
  if (row.ownerKind !== null) document['owner_kind'] = row.ownerKind;
  if (row.ownerName !== null) document['owner_name'] = row.ownerName;
  if (row.team !== null) document['team'] = row.team;
  if (row.podUid !== null) document['pod_uid'] = row.podUid;
  if (row.nodeInstanceType !== null) document['node_instance_type'] = row.nodeInstanceType;
  if (row.nodeZone !== null) document['node_zone'] = row.nodeZone;
  if (row.gridIntensityAtSeconds !== null) document['grid_intensity_timestamp'] = isoOf(row.gridIntensityAtSeconds);
  for (const [column, field] of ROW_NUMBERS) document[column] = row[field];
  return Object.assign(document, derivedSums(row, window.durationSeconds));
}

/** Seven digits, each the place of a source in its list: see source-code.ts. */
export function codeText({ sources }: Pick<ResultRow, 'sources'>): string {
  return String(sourceCodeOf(sources)).padStart(7, '0');
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

type Numbers = Pick<StoredRow, (typeof ROW_NUMBERS)[number][1]>;

/** The reverse of `rowDocument`. */
export function rowOf(source: unknown): StoredRow {
  const row = Document.parse(source);
  const numbers: Partial<Record<keyof Numbers, number>> = {};
  for (const [column, field] of ROW_NUMBERS) numbers[field] = numberIn(row, column);
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
    ...(numbers as Numbers),
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
