import { SUM_COLUMNS_1 } from './sum-columns-1.ts';

const rollup = (period: string, grain: string): string => `
CREATE TABLE rollup_${period}_${grain} ( -- sums of the rows whose window starts in the UTC ${period}
  cluster_key integer NOT NULL,
  key_id integer NOT NULL, -- ${grain}_keys.id
  start_seconds bigint NOT NULL, -- start of the ${period}, Unix epoch
  ${SUM_COLUMNS_1},
  PRIMARY KEY (cluster_key, start_seconds, key_id)
) WITH (fillfactor = 70)`; // Sums change in place as windows come: room for that on each page.

const EPOCH = "'epoch'::timestamptz";

/** Roll-ups, and when each pod was seen. */
export const ROLLUP_TABLES: readonly string[] = [
  ...['hour', 'day'].flatMap((period) => ['pod', 'workload', 'namespace'].map((grain) => rollup(period, grain))),
  `CREATE TABLE presence (
  key_id integer PRIMARY KEY, -- pod_keys.id
  cluster_key integer NOT NULL,
  first_start_seconds bigint NOT NULL, -- start of the first window with a row
  last_end_seconds bigint NOT NULL -- end of the last one
) WITH (fillfactor = 70)`,
  // Each window moves the ends of its pods: a summary of blocks bears that, a tree would have to be written every time.
  `CREATE INDEX presence_by_end ON presence USING brin (cluster_key, last_end_seconds)
  WITH (pages_per_range = 8, autosummarize = on)`,
  `CREATE VIEW pod_presence AS SELECT
  c.cluster_id, k.namespace, k.pod AS pod_name, k.node,
  ${EPOCH} + MIN(p.first_start_seconds) * interval '1 second' AS first_seen,
  ${EPOCH} + MAX(p.last_end_seconds) * interval '1 second' AS last_seen
FROM presence p JOIN pod_keys k ON k.id = p.key_id JOIN cluster_keys c ON c.id = p.cluster_key
WHERE k.row_kind = 0 GROUP BY c.cluster_id, k.namespace, k.pod, k.node`,
];
