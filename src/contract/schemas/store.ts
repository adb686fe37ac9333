import * as z from 'zod';
import { Instant } from './primitives.ts';

export const StoreKindName = z.enum(['sqlite', 'postgres', 'elasticsearch']);

const StoreTable = z.object({
  table: z.string(),
  rows: z.number().nonnegative(),
  size_bytes: z.number().nonnegative().nullable(),
  oldest: Instant.nullable(),
  newest: Instant.nullable(),
});

/** Days that each level is kept; null: for ever. */
export const Retention = z.object({
  raw_days: z.int(),
  pod_hour_days: z.int(),
  hour_days: z.int(),
  pod_day_days: z.int(),
  day_days: z.int().nullable(),
});
export type Retention = z.infer<typeof Retention>;

export const MaintenanceOutcome = z.object({
  at: Instant,
  compacted_hours: z.int(),
  removed_rows: z.int(),
  removed_pod_hours: z.int(),
  removed_hours: z.int(),
  removed_pod_days: z.int(),
  removed_days: z.int(),
  /** Why it ended early; null if it did not. */
  problem: z.string().nullable(),
});
export type MaintenanceOutcome = z.infer<typeof MaintenanceOutcome>;

export const StoreLease = z.object({
  cluster_id: z.string(),
  cluster_name: z.string().nullable(),
  holder: z.string().describe('host name and process id'),
  is_own: z.boolean(),
  expires_at: Instant,
});

export const StoreStatus = z.object({
  kind: StoreKindName,
  location: z.string().describe('without credentials'),
  /** Where the choice came from: a command or variable wins over what was set in the app. */
  chosen_by: z.enum(['default', 'command', 'app']),
  state: z.enum(['up', 'away', 'read-only', 'recovered']),
  /** Since when it is in this state. */
  since: Instant,
  /** What is wrong and what Podwatt does meanwhile; null if nothing is. */
  problem: z.string().nullable(),
  hint: z.string().nullable(),
  last_good_at: Instant.nullable(),
  next_try_at: Instant.nullable(),
  server_version: z.string().nullable(),
  size_bytes: z.number().nonnegative().nullable(),
  /** Null while the store is away: unknown, not zero. */
  tables: z.array(StoreTable).nullable(),
  rows_per_day: z.number().nonnegative().nullable(),
  bytes_per_day: z.number().nonnegative().nullable(),
  /** Windows that wait on this machine for the store. */
  spool: z.object({ windows: z.int(), oldest: Instant.nullable() }),
  leases: z.array(StoreLease),
  retention: Retention,
  last_maintenance: MaintenanceOutcome.nullable(),
});
export type StoreStatus = z.infer<typeof StoreStatus>;

/** An address of a store as `PODWATT_STORE` takes it; it may hold a password, which never comes out again. */
export const StoreAddressInput = z.object({ url: z.string().min(1).max(4000) });

export const StoreTestResult = z.object({
  ok: z.boolean(),
  kind: StoreKindName,
  location: z.string(),
  latency_ms: z.number().nonnegative().nullable(),
  server_version: z.string().nullable(),
  schema: z.enum(['new', 'current', 'older', 'newer']).nullable(),
  missing_rights: z.array(z.string()),
  read_only: z.boolean(),
  problem: z.string().nullable(),
  hint: z.string().nullable(),
});
export type StoreTestResult = z.infer<typeof StoreTestResult>;
