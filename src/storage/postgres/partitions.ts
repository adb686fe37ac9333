import type { EpochSeconds } from '../../model/time.ts';
import { quoteIdentifier } from './quoting.ts';
import type { Session } from './session.ts';

/** A month of UTC, as the number of months since the year 0. */
export type Month = number;

export function monthOf(seconds: EpochSeconds): Month {
  const date = new Date(seconds * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function monthStart(month: Month): EpochSeconds {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000;
}

/** `combined_metrics_2026_01`. */
export function partitionName(table: string, month: Month): string {
  const [year, rest] = [Math.floor(month / 12), month % 12];
  return `${table}_${String(year).padStart(4, '0')}_${String(rest + 1).padStart(2, '0')}`;
}

/**
 * Makes the partitions of `table` for these months where they are missing, each once however many ask at a time. They
 * are attached, not made in place: that way neither readers nor writers of the table wait.
 */
export async function makePartitions(session: Session, table: string, months: readonly Month[]): Promise<void> {
  const missing = await missingOf(session, table, months);
  if (missing.length === 0) return;
  await session.query("SELECT pg_advisory_xact_lock(hashtextextended('podwatt partitions ' || current_schema(), 0))");
  for (const month of await missingOf(session, table, missing)) {
    const name = quoteIdentifier(partitionName(table, month));
    const [from, to] = [monthStart(month), monthStart(month + 1)].map((start) => new Date(start * 1000).toISOString());
    await session.query(
      `CREATE TABLE ${name} (LIKE ${quoteIdentifier(table)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
    );
    await session.query(
      `ALTER TABLE ${quoteIdentifier(table)} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  }
}

async function missingOf(session: Session, table: string, months: readonly Month[]): Promise<readonly Month[]> {
  const lines = await session.query(
    `SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass($1)`,
    [quoteIdentifier(table)],
  );
  const there = new Set(lines.map((line) => line.name));
  return months.filter((month) => !there.has(partitionName(table, month)));
}
