import type { MaintenanceOutcome, StoreStatus, StoreTestResult } from '../../../src/contract/schemas/store.ts';

const table = (
  name: string,
  rows: number,
  sizeMebibytes: number,
  oldest: string | null,
): NonNullable<StoreStatus['tables']>[number] => ({
  table: name,
  rows,
  size_bytes: sizeMebibytes * 2 ** 20,
  oldest,
  newest: oldest === null ? null : '2026-11-19T13:55:00Z',
});

export const lastRun: MaintenanceOutcome = {
  at: '2026-11-19T00:20:00Z',
  compacted_hours: 0,
  removed_rows: 96_480,
  removed_pod_hours: 8040,
  removed_hours: 0,
  removed_pod_days: 0,
  removed_days: 0,
  problem: null,
};

/** A PostgreSQL that two processes share: all is well. */
export const storeStatus: StoreStatus = {
  kind: 'postgres',
  location: 'postgres://db.example.com:5432/podwatt (schema public)',
  chosen_by: 'app',
  state: 'up',
  since: '2026-11-19T08:00:00Z',
  problem: null,
  hint: null,
  last_good_at: '2026-11-19T13:59:30Z',
  next_try_at: null,
  server_version: 'PostgreSQL 18.4',
  size_bytes: 3_104_000_000,
  tables: [
    table('combined_metrics', 9_412_380, 2314, '2026-10-20T00:00:00Z'),
    table('rollup_pod_hour', 2_010_400, 402, '2026-08-21T00:00:00Z'),
    table('rollup_hour', 611_204, 118.4, '2025-10-15T00:00:00Z'),
    table('rollup_pod_day', 402_118, 80.2, '2025-10-15T00:00:00Z'),
    table('rollup_day', 28_400, 5.1, '2024-06-01T00:00:00Z'),
    table('node_windows', 120_960, 36.2, '2026-10-20T00:00:00Z'),
    table('carbon_intensity', 8760, 1.3, '2025-11-19T00:00:00Z'),
    table('leases', 2, 0.03, null),
  ],
  rows_per_day: 312_480,
  bytes_per_day: 84_300_000,
  spool: { windows: 0, oldest: null },
  leases: [
    {
      cluster_id: 'c-eu',
      cluster_name: 'prod-eu-west-1',
      holder: 'ada-laptop (4211)',
      is_own: true,
      expires_at: '2099-11-19T14:01:00Z',
    },
    {
      cluster_id: 'c-us',
      cluster_name: 'prod-us-east-1',
      holder: 'podwatt-0 (17)',
      is_own: false,
      expires_at: '2099-11-19T14:00:40Z',
    },
  ],
  retention: { raw_days: 30, pod_hour_days: 90, hour_days: 400, pod_day_days: 400, day_days: null },
  last_maintenance: lastRun,
};

/** The same, shut down at 13:40. */
export const awayStatus: StoreStatus = {
  ...storeStatus,
  state: 'away',
  since: '2026-11-19T13:40:00Z',
  problem: 'db.example.com:5432 refused the connection',
  hint: 'Start the server, or look whether a firewall is in between.',
  last_good_at: '2026-11-19T13:39:40Z',
  next_try_at: '2026-11-19T14:00:20Z',
  size_bytes: null,
  tables: null,
  rows_per_day: null,
  bytes_per_day: null,
  spool: { windows: 12, oldest: '2026-11-19T13:40:00Z' },
  leases: [],
};

export const testResult: StoreTestResult = {
  ok: true,
  kind: 'postgres',
  location: 'postgres://new.example.com:5432/podwatt (schema public)',
  latency_ms: 3.4,
  server_version: 'PostgreSQL 18.4',
  schema: 'new',
  missing_rights: [],
  read_only: false,
  problem: null,
  hint: null,
};
