import type { NodeSnapshot, NodeWindowRow, WindowResult } from '../../model/results.ts';
import { nodeFactsOf } from '../sql/node-facts.ts';
import { NODE_WINDOW_COLUMNS, nodeWindowValues } from '../sql/node-window-columns.ts';
import type { Session } from './session.ts';

/** Puts the facts of a window's nodes in the place of those it had. */
export async function replaceNodes(
  session: Session,
  { entry, nodeWindows, nodeSnapshots }: WindowResult,
): Promise<void> {
  const { clusterId, window } = entry;
  await session.prepared('DELETE FROM node_windows WHERE cluster_id = $1 AND timestamp = to_timestamp($2::bigint)', [
    clusterId,
    window.startSeconds,
  ]);
  if (nodeWindows.length > 0)
    await addWindows(session, clusterId, window.startSeconds, window.durationSeconds, nodeWindows);
  const gone = await session.prepared(
    'DELETE FROM node_sightings WHERE cluster_id = $1 AND window_timestamp = to_timestamp($2::bigint) RETURNING node',
    [clusterId, window.startSeconds],
  );
  if (nodeSnapshots.length > 0) await addSightings(session, clusterId, window.startSeconds, nodeSnapshots);
  const touched = new Set([
    ...gone.map((line) => String(line.node)),
    ...nodeSnapshots.map((snapshot) => snapshot.name),
  ]);
  if (touched.size > 0) await session.prepared(MARK_CHANGES, [clusterId, [...touched], window.startSeconds]);
}

const WINDOW_COLUMNS = ['node', 'curve_id', ...NODE_WINDOW_COLUMNS];
const TEXT_COLUMNS = new Set(['node', 'curve_id', 'cpu_source', 'sources']);
const ADD_WINDOWS = `INSERT INTO node_windows (cluster_id, timestamp, duration_seconds, ${WINDOW_COLUMNS.join(', ')})
  SELECT $1, to_timestamp($2::bigint), $3::real, u.* FROM unnest(${WINDOW_COLUMNS.map(
    (column, index) => `$${index + 4}::${TEXT_COLUMNS.has(column) ? 'text' : 'double precision'}[]`,
  ).join(', ')}) AS u`;

async function addWindows(
  session: Session,
  clusterId: string,
  startSeconds: number,
  durationSeconds: number,
  rows: readonly NodeWindowRow[],
): Promise<void> {
  const lines = rows.map((row) => {
    const values = nodeWindowValues(row);
    return [row.node, row.curveId, ...values.slice(0, -1), String(values.at(-1)).padStart(7, '0')];
  });
  const columns = WINDOW_COLUMNS.map((_, column) => lines.map((line) => line[column] ?? null));
  await session.prepared(ADD_WINDOWS, [clusterId, startSeconds, durationSeconds, ...columns]);
}

async function addSightings(
  session: Session,
  clusterId: string,
  startSeconds: number,
  snapshots: readonly NodeSnapshot[],
): Promise<void> {
  const facts = snapshots.map(nodeFactsOf);
  await session.prepared(
    `INSERT INTO node_facts (cluster_id, facts) SELECT DISTINCT $1, facts FROM unnest($2::text[]) AS u (facts)
     ON CONFLICT DO NOTHING`,
    [clusterId, facts],
  );
  await session.prepared(
    `INSERT INTO node_sightings (cluster_id, node, window_timestamp, snapshot_timestamp, facts_id)
     SELECT $1, u.node, to_timestamp($2::bigint), to_timestamp(u.at), f.id
     FROM unnest($3::text[], $4::bigint[], $5::text[]) AS u (node, at, facts)
     JOIN node_facts f ON f.cluster_id = $1 AND f.facts = u.facts`,
    [
      clusterId,
      startSeconds,
      snapshots.map(({ name }) => name),
      snapshots.map(({ snapshotAtSeconds }) => snapshotAtSeconds),
      facts,
    ],
  );
}

const fact = (name: string, type = 'text'): string =>
  type === 'text' ? `f.facts::jsonb ->> '${name}'` : `(f.facts::jsonb ->> '${name}')::${type}`;

/**
 * A sighting is a change if it differs from the one before. Only the one of this window and the next can have become
 * one or have ceased to be; both are decided afresh.
 */
const MARK_CHANGES = `WITH near AS (
    SELECT t.node, s.window_timestamp, s.snapshot_timestamp, s.facts_id
    FROM unnest($2::text[]) AS t (node) CROSS JOIN LATERAL (
      SELECT * FROM node_sightings s WHERE s.cluster_id = $1 AND s.node = t.node
        AND s.window_timestamp >= to_timestamp($3::bigint) ORDER BY s.window_timestamp LIMIT 2) s),
  judged AS (
    SELECT near.*, (SELECT p.facts_id FROM node_sightings p WHERE p.cluster_id = $1 AND p.node = near.node
      AND p.window_timestamp < near.window_timestamp ORDER BY p.window_timestamp DESC LIMIT 1) IS DISTINCT FROM facts_id AS changed
    FROM near),
  removed AS (DELETE FROM node_snapshots n WHERE n.cluster_id = $1 AND n.name = ANY($2::text[]) AND (
      (n.window_timestamp = to_timestamp($3::bigint)
        AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.node = n.name AND j.window_timestamp = n.window_timestamp AND j.changed))
      OR EXISTS (SELECT 1 FROM judged j WHERE j.node = n.name AND j.window_timestamp = n.window_timestamp AND NOT j.changed)))
  INSERT INTO node_snapshots AS n (cluster_id, snapshot_timestamp, name, instance_type, provider, region, zone, emaps_zone,
    cpu_capacity, memory_capacity, architecture, os, embodied_kilograms, window_timestamp)
  SELECT $1, j.snapshot_timestamp, j.node, ${fact('instanceType')}, ${fact('provider')}, ${fact('region')},
    ${fact('zone')}, ${fact('emapsZone')}, ${fact('cpuCapacityMillicores', 'double precision')},
    ${fact('memoryCapacityBytes', 'double precision')}, ${fact('architecture')}, ${fact('os')},
    ${fact('embodiedKilograms', 'double precision')}, j.window_timestamp
  FROM judged j JOIN node_facts f ON f.id = j.facts_id WHERE j.changed
  ON CONFLICT (cluster_id, name, window_timestamp) DO UPDATE SET snapshot_timestamp = excluded.snapshot_timestamp,
    instance_type = excluded.instance_type, provider = excluded.provider, region = excluded.region, zone = excluded.zone,
    emaps_zone = excluded.emaps_zone, cpu_capacity = excluded.cpu_capacity, memory_capacity = excluded.memory_capacity,
    architecture = excluded.architecture, os = excluded.os, embodied_kilograms = excluded.embodied_kilograms`;
