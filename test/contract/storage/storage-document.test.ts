import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_KUBERNETES_RETENTION } from '../../../src/model/kubernetes-retention.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import type { Partition } from '../../../src/storage/elasticsearch/templates/family.ts';
import { FAMILIES } from '../../../src/storage/elasticsearch/templates/index.ts';
import { COEFFICIENT_TABLES } from '../../../src/storage/sql/schema/coefficient-tables.ts';
import { K8S_CLUSTERS } from '../../../src/storage/sql/schema/kubernetes/clusters.ts';
import { KUBERNETES_TABLES } from '../../../src/storage/sql/schema/kubernetes/index.ts';
import { needs } from '../../setup/programs.ts';
import { newPostgresSchema, newSqlite, type PostgresSchema } from './kubernetes/kubernetes-stores.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/storage.md'), 'utf8');

/** Text from a heading to the next one of its rank or above. */
function sectionOf(heading: string): string {
  const [rank = ''] = /^#+/.exec(heading) ?? [];
  const start = page.indexOf(`\n${heading}\n`);
  if (start < 0) return '';
  const rest = page.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${rank.length}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

const PRIVATE = sectionOf('## Private');
const EXTRA_FIELDS = sectionOf('## Index families of Elasticsearch');
const rollups = sectionOf('### Roll-ups');

/** Where a table's columns are; empty text where it is not described. */
const describedIn = (table: string): string =>
  table.startsWith('rollup_') && rollups.includes(`\`${table}\``) ? rollups : sectionOf(`### \`${table}\``);

/** Columns that the page does not name where it should, as `table.column`. */
function missing(table: string, columns: readonly string[], others = ''): string[] {
  if (PRIVATE.includes(`\`${table}\``)) return [];
  const section = describedIn(table);
  return columns
    .filter((column) => !section.includes(`\`${column}\``) && !others.includes(`\`${column}\``))
    .map((column) => `${table}.${column}`);
}

const DATES: Readonly<Record<Partition, string>> = { none: '', day: '-YYYY.MM.DD', month: '-YYYY.MM', year: '-YYYY' };

describe('docs/storage.md', () => {
  it('names every table, view and column of SQLite', async () => {
    const database = await newSqlite();
    const names = database
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    expect(names.length).toBeGreaterThan(40);
    const columnsOf = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
    expect(names.flatMap((name) => missing(name, columnsOf.all(name)))).toEqual([]);
    database.close();
  });

  it('names every index family and its fields', () => {
    for (const { name, partition } of FAMILIES) expect(page).toContain(`\`podwatt-${name}${DATES[partition]}\``);
    const found = FAMILIES.flatMap(({ name, properties }) =>
      missing(name.replaceAll('-', '_'), Object.keys(properties), EXTRA_FIELDS),
    );
    expect(found).toEqual([]);
  });

  it('says of each column of the shared tables what the schema says', () => {
    for (const { name, columns } of [...COEFFICIENT_TABLES, K8S_CLUSTERS, ...KUBERNETES_TABLES]) {
      const section = describedIn(name);
      for (const column of columns) expect(section).toContain(`| \`${column.name}\` | ${column.meaning} |`);
    }
  });

  it('tells how long things are kept', () => {
    const retention = sectionOf('## Retention');
    const days = [...Object.values(DEFAULT_RETENTION), ...Object.values(DEFAULT_KUBERNETES_RETENTION)];
    for (const kept of days) expect(retention).toContain(kept === null ? 'for ever' : `${kept} days`);
  });

  it('names nothing that is not there', () => {
    const families = new Set(FAMILIES.map(({ name, partition }) => `podwatt-${name}${DATES[partition]}`));
    const named = [...page.matchAll(/`(podwatt-[a-z0-9-]+(?:-YYYY(?:\.MM)?(?:\.DD)?)?)`/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.filter((name) => !families.has(name))).toEqual([]);
  });
});

describe.runIf(needs('postgres'))('docs/storage.md and PostgreSQL', () => {
  let store: PostgresSchema;
  beforeAll(async () => {
    store = await newPostgresSchema();
  });
  afterAll(() => store.remove());

  it('names every table, view and column', async () => {
    const { rows } = await store.client.query<{ table: string; columns: string }>(
      `SELECT table_name AS table, string_agg(column_name, ' ') AS columns FROM information_schema.columns
       WHERE table_schema = $1 GROUP BY table_name`,
      [store.schema],
    );
    expect(rows.length).toBeGreaterThan(35);
    const found = rows.flatMap(({ table, columns }) => missing(table, columns.split(' '), PRIVATE));
    // The page tells of these in one sentence.
    expect(found.filter((column) => !/^combined_metrics\.\w+_rest$/.test(column))).toEqual([]);
  });
});
