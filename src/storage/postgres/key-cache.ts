import type { ResultRow } from '../../model/results.ts';
import { numberIn } from '../sql/sums.ts';
import { KEY_COLUMNS, keyTexts } from './row-keys.ts';
import type { Session } from './session.ts';

const MOST_KEPT = 100_000;
const BETWEEN = '\u0000';

/** A cluster as its rows name it; `version` grows when keys of it were deleted. */
export interface ClusterKey {
  readonly id: number;
  readonly version: number;
}

/** Ids of the keys of some rows, in their order; `remember` is to be called once they are committed. */
export interface FoundKeys {
  readonly ids: readonly number[];
  remember(): void;
}

/** Ids of the keys of rows, made where they are missing and remembered while they are good. */
export class KeyCache {
  readonly #clusters = new Map<string, Map<string, number>>();
  #kept = 0;

  async idsOf(session: Session, cluster: ClusterKey, rows: readonly ResultRow[]): Promise<FoundKeys> {
    const known = this.#knownOf(cluster);
    const names = rows.map((row) => keyTexts(row));
    const texts = names.map((name) => name.join(BETWEEN));
    const missing = new Map<string, readonly string[]>();
    texts.forEach((text, index) => {
      if (!known.has(text)) missing.set(text, names[index] ?? []);
    });
    const made = missing.size === 0 ? [] : await makeKeys(session, cluster.id, [...missing.values()]);
    const fresh = new Map([...missing.keys()].map((text, index) => [text, made[index] ?? 0]));
    return {
      ids: texts.map((text) => known.get(text) ?? fresh.get(text) ?? 0),
      remember: () => {
        this.#kept += fresh.size;
        for (const [text, id] of fresh) known.set(text, id);
      },
    };
  }

  #knownOf({ id, version }: ClusterKey): Map<string, number> {
    if (this.#kept > MOST_KEPT) {
      this.#clusters.clear();
      this.#kept = 0;
    }
    const name = `${id} ${version}`;
    const known = this.#clusters.get(name) ?? new Map<string, number>();
    this.#clusters.set(name, known);
    return known;
  }
}

const LISTS = KEY_COLUMNS.map((_, index) => `$${index + 2}::text[]`).join(', ');
const WANTED = `unnest(${LISTS}) WITH ORDINALITY AS u (kind_text, ${KEY_COLUMNS.slice(1).join(', ')}, place)`;
const KIND = 'u.kind_text::smallint';
const WORKLOAD = ['namespace', 'workload_kind', 'workload_name', 'node', 'team', 'zone', 'provider'];

const same = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column} = u.${column}`).join(' AND ');
const NAMED = KEY_COLUMNS.slice(1, 11);

const MAKE = [
  `INSERT INTO namespace_keys (cluster_key, namespace) SELECT DISTINCT $1::integer, u.namespace FROM ${WANTED}
   ON CONFLICT DO NOTHING`,
  `INSERT INTO workload_keys (cluster_key, row_kind, ${WORKLOAD.join(', ')})
   SELECT DISTINCT $1::integer, ${KIND}, ${WORKLOAD.map((column) => `u.${column}`).join(', ')} FROM ${WANTED}
   ON CONFLICT DO NOTHING`,
  `INSERT INTO pod_identities (cluster_key, namespace, pod) SELECT DISTINCT $1::integer, u.namespace, u.pod FROM ${WANTED}
   ON CONFLICT DO NOTHING`,
  `INSERT INTO pod_keys (cluster_key, row_kind, ${KEY_COLUMNS.slice(1).join(', ')}, pod_identity, workload_key, namespace_key)
   SELECT $1, ${KIND}, ${KEY_COLUMNS.slice(1)
     .map((column) => `u.${column}`)
     .join(', ')}, i.id, w.id, n.id
   FROM ${WANTED}
   JOIN namespace_keys n ON n.cluster_key = $1 AND ${same('n', ['namespace'])}
   JOIN workload_keys w ON w.cluster_key = $1 AND w.row_kind = ${KIND} AND ${same('w', WORKLOAD)}
   JOIN pod_identities i ON i.cluster_key = $1 AND ${same('i', ['namespace', 'pod'])}
   ORDER BY u.place ON CONFLICT DO NOTHING`,
];
const FIND = `SELECT k.id FROM ${WANTED} JOIN pod_keys k
  ON k.cluster_key = $1 AND k.row_kind = ${KIND} AND ${same('k', NAMED)} ORDER BY u.place`;

async function makeKeys(
  session: Session,
  clusterKey: number,
  names: readonly (readonly string[])[],
): Promise<readonly number[]> {
  const values = [clusterKey, ...KEY_COLUMNS.map((_, column) => names.map((name) => name[column] ?? ''))];
  for (const statement of MAKE) await session.query(statement, values);
  const found = await session.query(FIND, values);
  if (found.length !== names.length) throw new TypeError('a key was made and not found');
  return found.map((line) => numberIn(line, 'id'));
}
