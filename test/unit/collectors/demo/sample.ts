import { join } from 'node:path';
import { createSampleCluster, type SampleCluster } from '../../../../src/collectors/demo/sample-cluster.ts';
import { loadDemoTables } from '../../../../src/collectors/demo/tables.ts';
import type { Window } from '../../../../src/model/time.ts';

export const DATA_DIR = join(import.meta.dirname, '../../../../resources/data');
/** A Wednesday, 2026-03-11 00:00 UTC. */
export const DAY_START = Date.UTC(2026, 2, 11) / 1000;
export const NOW = DAY_START + 10 * 3600 + 7 * 60;
export const DAY = 86_400;

export async function openSample(): Promise<SampleCluster> {
  return createSampleCluster(await loadDemoTables(DATA_DIR), DAY_START);
}

export function hourAt(startSeconds: number): Window {
  return { startSeconds, durationSeconds: 3600 };
}

export function hoursBefore(end: number, count: number): Window[] {
  return Array.from({ length: count }, (_, index) => hourAt(end - (count - index) * 3600));
}

export function piecesOf(hour: Window): Window[] {
  return Array.from({ length: 12 }, (_, index) => ({
    startSeconds: hour.startSeconds + index * 300,
    durationSeconds: 300 as const,
  }));
}
