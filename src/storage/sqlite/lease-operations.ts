import type Database from 'better-sqlite3';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';

interface Line {
  readonly holder: string | null;
  readonly holderName: string;
  readonly epoch: number;
  readonly expiresAtSeconds: number;
}

/** Takes, prolongs or refuses a lease, in one transaction. */
export function takeLease(database: Database.Database, request: LeaseRequest, nowSeconds: number): LeaseAnswer {
  return database.transaction(() => take(database, request, Math.floor(nowSeconds))).immediate();
}

function take(database: Database.Database, request: LeaseRequest, now: number): LeaseAnswer {
  const { clusterId, holder, holderName, durationSeconds } = request;
  const found = database
    .prepare<[string], Line>(
      `SELECT holder, holder_name AS holderName, epoch, expires_at_seconds AS expiresAtSeconds
       FROM lease_rows WHERE cluster_id = ?`,
    )
    .get(clusterId);
  const isRunning = found !== undefined && found.holder !== null && found.expiresAtSeconds > now;
  if (isRunning && found.holder !== null && found.holder !== holder) {
    return { kind: 'refused', by: { clusterId, ...found, holder: found.holder } };
  }
  const epoch = isRunning ? found.epoch : youngestEpoch(database, clusterId) + 1;
  const expiresAtSeconds = now + durationSeconds;
  database
    .prepare(
      `INSERT OR REPLACE INTO lease_rows (cluster_id, holder, holder_name, epoch, expires_at_seconds)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(clusterId, holder, holderName, epoch, expiresAtSeconds);
  return { kind: 'held', lease: { clusterId, holder, holderName, epoch, expiresAtSeconds } };
}

/** The youngest epoch that was granted, or that wrote; 0 before the first. */
export function youngestEpoch(database: Database.Database, clusterId: string): number {
  const epoch = database
    .prepare<[string, string], number>(
      `SELECT MAX(COALESCE((SELECT epoch FROM lease_rows WHERE cluster_id = ?), 0),
         COALESCE((SELECT epoch FROM cluster_keys WHERE cluster_id = ?), 0))`,
    )
    .pluck()
    .get(clusterId, clusterId);
  return epoch ?? 0;
}

/** The epoch stays, so that the next one is greater. */
export function releaseLease(database: Database.Database, { clusterId, holder, epoch }: Lease): void {
  database
    .prepare(
      `UPDATE lease_rows SET holder = NULL, holder_name = '', expires_at_seconds = 0
       WHERE cluster_id = ? AND holder = ? AND epoch = ?`,
    )
    .run(clusterId, holder, epoch);
}

/** Leases that somebody has or had last, also those that have run out; by cluster. */
export function readLeases(database: Database.Database): readonly Lease[] {
  return database
    .prepare<[], Lease>(
      `SELECT cluster_id AS clusterId, holder, holder_name AS holderName, epoch, expires_at_seconds AS expiresAtSeconds
       FROM lease_rows WHERE holder IS NOT NULL ORDER BY cluster_id`,
    )
    .all();
}
