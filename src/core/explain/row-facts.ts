import type { StoredNodeWindow, StoredRow } from '../ports/results-store.ts';
import { MILLICORES_PER_CORE } from '../units.ts';

/** All that is stored about one row and what its figures were computed from. */
export interface RowFacts {
  readonly row: StoredRow;
  /** The rows of the same node and window, this one among them. */
  readonly nodeRows: readonly StoredRow[];
  /** Null where node facts are gone or the row is of no node. */
  readonly nodeWindow: StoredNodeWindow | null;
  /** Of the whole node over its whole life; null where no snapshot says. */
  readonly embodiedKilograms: number | null;
  readonly currency: string;
}

/** CPU seconds of a row: it holds the mean over its window. */
export function cpuSecondsOf(row: StoredRow): number {
  return (row.cpuUsageMillicores * row.durationSeconds) / MILLICORES_PER_CORE;
}

/** Reservation share before shares above 1 are divided by their sum; null where the node's size is not known. */
export function rawShareOf(row: StoredRow, node: StoredNodeWindow): number | null {
  const { cpuAllocatableMillicores: cpu, memoryAllocatableBytes: memory, existedSeconds } = node;
  if (cpu <= 0 || memory <= 0 || existedSeconds <= 0) return null;
  const cpuHalf = (0.5 * Math.max(row.cpuRequestMillicores, row.cpuUsageMillicores)) / cpu;
  const memoryHalf = (0.5 * Math.max(row.memoryRequestBytes, row.memoryUsageBytes)) / memory;
  return ((cpuHalf + memoryHalf) * row.durationSeconds) / existedSeconds;
}

/** Σ of the shares of a node's pods before normalising; null where the node's size is not known. */
export function shareSumOf(facts: RowFacts, node: StoredNodeWindow): number | null {
  let sum = 0;
  for (const row of facts.nodeRows) {
    if (row.rowKind !== 'pod') continue;
    const share = rawShareOf(row, node);
    if (share === null) return null;
    sum += share;
  }
  return sum;
}
