import { describe, expect, it } from 'vitest';
import { ledgerDays } from '../../../../src/backend/store-copy/ledger-days.ts';
import { isSameEntry, isSameWindow, overlaps } from '../../../../src/backend/store-copy/same-window.ts';
import type { TimeRange } from '../../../../src/model/time.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';

describe('two windows', () => {
  const rows = [sampleRow(), sampleRow({ podName: 'cart-1' }), sampleRow({ node: 'n2' })];
  const nodeWindows = [sampleNodeWindow(), sampleNodeWindow({ node: 'n2' })];
  const nodeSnapshots = [sampleSnapshot(), sampleSnapshot({ name: 'n2' })];
  const window = sampleWindow(NEW_YEAR, rows, { nodeWindows, nodeSnapshots });

  it('are the same in any order', () => {
    const turned = {
      ...window,
      rows: [...rows].reverse(),
      nodeWindows: [...nodeWindows].reverse(),
      nodeSnapshots: [...nodeSnapshots].reverse(),
    };
    expect(isSameWindow(window, turned)).toBe(true);
  });

  it.each([
    ['a figure of a row', { rows: [sampleRow({ joules: 1000.5000000000001 }), ...rows.slice(1)] }],
    ['a row less', { rows: rows.slice(1) }],
    ['a fact of a node', { nodeWindows: [sampleNodeWindow({ idleWatts: 3.8 }), ...nodeWindows.slice(1)] }],
    ['what a node was', { nodeSnapshots: [sampleSnapshot({ zone: null }), ...nodeSnapshots.slice(1)] }],
    ['the ledger', { entry: { ...window.entry, reason: 'late' } }],
  ])('are not the same with another %s', (_, part) => {
    expect(isSameWindow(window, { ...window, ...part })).toBe(false);
  });

  it('overlap where they share a second', () => {
    const hour = sampleWindow(NEW_YEAR, [], { durationSeconds: 3600 }).entry;
    const at = (seconds: number) => sampleWindow(NEW_YEAR + seconds, []).entry;
    expect([-300, 0, 3300, 3600].map((seconds) => overlaps(hour, at(seconds)))).toEqual([false, true, true, false]);
    expect(isSameEntry(hour, { ...hour })).toBe(true);
    expect(isSameEntry(hour, at(0))).toBe(false);
  });
});

describe('a ledger', () => {
  const entryAt = (startSeconds: number) => sampleWindow(startSeconds, []).entry;
  const entries = [
    entryAt(NEW_YEAR + 23 * HOUR),
    entryAt(NEW_YEAR + 3 * DAY),
    entryAt(NEW_YEAR + 3 * DAY + HOUR),
    entryAt(NEW_YEAR + 95 * DAY),
  ];
  const store = {
    firstEntry: async (clusterId: string) => (clusterId === CLUSTER ? (entries[0] ?? null) : null),
    listLedger: async (_: string, { startSeconds, endSeconds }: TimeRange) =>
      entries.filter(({ window }) => window.startSeconds >= startSeconds && window.startSeconds < endSeconds),
  };
  const daysTo = async (endSeconds: number, clusterId = CLUSTER) =>
    Array.fromAsync(ledgerDays(store, clusterId, endSeconds));

  it('is read by UTC days; those without windows are left out', async () => {
    const days = await daysTo(NEW_YEAR + 300 * DAY);
    expect(days.map(({ range, entries: of }) => [(range.startSeconds - NEW_YEAR) / DAY, of.length])).toEqual([
      [0, 1],
      [3, 2],
      [95, 1],
    ]);
  });

  it('ends at the instant that is given, and is empty where nothing was collected', async () => {
    const days = await daysTo(NEW_YEAR + 3 * DAY + HOUR);
    expect(days.at(-1)?.entries).toEqual([entries[1]]);
    expect(days.at(-1)?.range.endSeconds).toBe(NEW_YEAR + 3 * DAY + HOUR);
    expect(await daysTo(NEW_YEAR + 30 * DAY, 'nobody')).toEqual([]);
  });
});
