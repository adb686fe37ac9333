import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import { METRICS } from '../sql/kubernetes/record-tables.ts';
import { refusedLines } from '../sql/kubernetes/refused.ts';
import { insertOf, type KubernetesWrite, type Put, tableNamed } from '../sql/kubernetes/write.ts';
import type { Statement } from '../sql/statement.ts';
import { youngestEpoch } from './lease-operations.ts';

/** The lines of each question. */
export function readLines(database: Database.Database, statements: readonly Statement[]): readonly unknown[][] {
  return statements.map(({ text, parameters }) => database.prepare(text).all(...parameters));
}

/** Does all of it in one transaction; answers how many lines were written. */
export function writeKubernetes(database: Database.Database, write: KubernetesWrite): number {
  try {
    return database.transaction(() => writeAll(database, write)).immediate();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('SQLITE_CONSTRAINT') ? refusedLines(error) : error;
  }
}

function writeAll(database: Database.Database, { fences, puts, changes }: KubernetesWrite): number {
  for (const { clusterId, epoch } of fences) fence(database, clusterId, epoch);
  let written = 0;
  for (const put of puts) written += putLines(database, put);
  for (const { text, parameters } of changes) written += database.prepare(text).run(...parameters).changes;
  return written;
}

/** Refuses an epoch that is older than any granted or seen, and remembers a younger one. */
function fence(database: Database.Database, clusterId: string, epoch: number): void {
  const youngest = youngestEpoch(database, clusterId);
  if (epoch < youngest) {
    throw new Failure('conflict', `Another Podwatt has taken over this cluster (epoch ${youngest}, not ${epoch}).`, {
      hint: 'Nothing was written. Only the one that took over collects this cluster now.',
    });
  }
  if (epoch === youngest) return;
  database
    .prepare(
      `INSERT INTO lease_rows (cluster_id, holder, holder_name, epoch, expires_at_seconds) VALUES (?, NULL, '', ?, 0)
       ON CONFLICT (cluster_id) DO UPDATE SET epoch = excluded.epoch`,
    )
    .run(clusterId, epoch);
}

function putLines(database: Database.Database, put: Put): number {
  const columns = tableNamed(put.table).columns.map(({ name }) => name);
  const values = `VALUES (${columns.map(() => '?').join(', ')})`;
  const isView = put.table === METRICS.name;
  // A view takes new lines only, and no more than that.
  const insert = database.prepare(
    isView ? `INSERT INTO ${put.table} (${columns.join(', ')}) ${values}` : insertOf(put, columns, values),
  );
  const before = isView ? dropMetric(database, columns) : () => undefined;
  let written = 0;
  for (const line of put.lines) {
    before(line);
    written += insert.run(...line).changes;
  }
  return written;
}

/** Takes the figures of an object and instant away. */
function dropMetric(database: Database.Database, columns: readonly string[]): (line: Put['lines'][number]) => void {
  const [object, at] = [columns.indexOf('object_id'), columns.indexOf('collected_at')];
  const drop = database.prepare(
    `DELETE FROM k8s_metric_rows WHERE collected_at = ?
     AND object_key = (SELECT id FROM k8s_metric_objects WHERE object_id = ?)`,
  );
  return (line) => void drop.run(line[at], line[object]);
}
