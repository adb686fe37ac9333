import type * as z from 'zod';
import type { MaintenanceOutcome, StoreStatus, StoreTestResult } from '../../contract/schemas/store.ts';
import { byteSize } from './amounts.ts';
import { formatTable, printable } from './text-table.ts';

const STATES: Readonly<Record<StoreStatus['state'], string>> = {
  up: 'up',
  away: 'away: it can not be reached',
  'read-only': 'read-only: nothing is collected',
  recovered: 'up, recovered from a damaged file',
};

/** State, size and growth of the store, for a person. */
export function formatStoreStatus(status: StoreStatus): string {
  const { size_bytes: size, rows_per_day: rows, bytes_per_day: growth, spool } = status;
  const lines: readonly (readonly [string, string | null])[] = [
    ['store', printable(status.location)],
    ['server', status.server_version],
    ['state', `${STATES[status.state]}, since ${status.since}`],
    ['problem', sentence(status.problem, status.hint)],
    ['last good', status.state === 'away' ? status.last_good_at : null],
    ['next try', status.next_try_at],
    ['size', size === null ? null : byteSize(size)],
    [
      'growth',
      rows === null ? null : `${Math.round(rows)} rows a day${growth === null ? '' : `, ${byteSize(growth)}`}`,
    ],
    [
      'waiting',
      spool.windows === 0 ? null : `${spool.windows} windows, the oldest of ${spool.oldest ?? 'unknown time'}`,
    ],
    ...status.leases.map((lease): [string, string] => [
      'lease',
      printable(
        `${lease.cluster_name ?? lease.cluster_id}: ${lease.is_own ? 'this Podwatt' : lease.holder}, until ${lease.expires_at}`,
      ),
    ]),
    ['upkeep', status.last_maintenance === null ? null : maintenanceLine(status.last_maintenance)],
  ];
  const head = facts(lines);
  if (status.tables === null) return head;
  const tables = formatTable(
    [
      { title: 'TABLE', text: (table) => table.table },
      { title: 'ROWS', align: 'right', text: (table) => String(table.rows) },
      { title: 'SIZE', align: 'right', text: (table) => (table.size_bytes === null ? '' : byteSize(table.size_bytes)) },
      { title: 'OLDEST', text: (table) => table.oldest ?? '' },
      { title: 'NEWEST', text: (table) => table.newest ?? '' },
    ],
    status.tables,
  );
  return `${head}\n${tables}`;
}

const SCHEMAS: Readonly<Record<NonNullable<StoreTestResult['schema']>, string>> = {
  new: 'none yet: made with the first start',
  current: 'of this version',
  older: 'of an older version: brought up to date with the next start',
  newer: 'of a newer version: refused',
};

/** What a test of the connection found. */
export function formatStoreTest(test: StoreTestResult): string {
  return facts([
    ['store', printable(test.location)],
    ['server', test.server_version],
    ['latency', test.latency_ms === null ? null : `${test.latency_ms.toFixed(1)} ms`],
    ['schema', test.schema === null ? null : SCHEMAS[test.schema]],
    ['rights', test.missing_rights.length === 0 ? null : `missing: ${printable(test.missing_rights.join(', '))}`],
    ['access', test.read_only ? 'read-only' : null],
    ['result', test.ok ? 'ok' : (sentence(test.problem, test.hint) ?? 'not usable')],
  ]);
}

export interface CheckText {
  readonly location: string;
  readonly serverVersion: string | null;
  readonly problems: readonly { readonly table: string; readonly what: string }[];
}

export function formatStoreCheck({ location, serverVersion, problems }: CheckText): string {
  const head = facts([
    ['store', printable(location)],
    ['server', serverVersion],
    ['checked', 'integrity of every table, and the roll-ups of each day against its rows'],
    ['result', problems.length === 0 ? 'ok' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`],
  ]);
  const found = problems.map(({ table, what }) => `${printable(table === '' ? what : `${table}: ${what}`)}\n`);
  return found.length === 0 ? head : `${head}\n${found.join('')}`;
}

type Outcome = z.infer<typeof MaintenanceOutcome>;

export function formatMaintenance(outcome: Outcome): string {
  return facts([
    ['at', outcome.at],
    ['written', `${outcome.compacted_hours} hours of roll-ups`],
    [
      'removed',
      `${outcome.removed_rows} rows, ${outcome.removed_pod_hours} pod hours, ${outcome.removed_hours} hours, ${outcome.removed_pod_days} pod days, ${outcome.removed_days} days`,
    ],
    ['problem', outcome.problem],
  ]);
}

function maintenanceLine({ at, problem, removed_rows: rows }: Outcome): string {
  return problem === null ? `${at}, ${rows} rows removed` : `${at}, ended early: ${problem}`;
}

function sentence(problem: string | null, hint: string | null): string | null {
  if (problem === null) return null;
  const first = /[.!?]$/.test(problem) ? problem : `${problem}.`;
  return printable(hint === null ? first : `${first} ${hint}`);
}

function facts(lines: readonly (readonly [name: string, value: string | null])[]): string {
  return lines.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(10)}${value}\n`])).join('');
}
