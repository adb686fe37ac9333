import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WindowResult } from '../../../../src/model/results.ts';
import { OTHER } from '../../../../src/storage/sql/series-question.ts';
import { countPodsByBucket } from '../../../../src/storage/sqlite/count-pods.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../../../src/storage/sqlite/packed-window.ts';
import { WindowWriter } from '../../../../src/storage/sqlite/write-window.ts';
import {
  CLUSTER,
  HOUR,
  NEW_YEAR,
  nodeRow,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';
import { checkSound } from '../../../contract/storage/sqlite-soundness.ts';

let folder = '';
let file = '';
let database: Database.Database;
let writer: WindowWriter;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-write-'));
  file = join(folder, 'results.sqlite');
  database = await openForWriting(file, MIGRATIONS, 1);
  writer = new WindowWriter(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (window: WindowResult, epoch = 1): void => writer.replace(packWindow(window, epoch));
const all = (sql: string): unknown[] => database.prepare(sql).all();

describe('the published views', () => {
  it('show rows with the names and the times of the specification', () => {
    write(
      sampleWindow(NEW_YEAR + 300, [sampleRow(), nodeRow('system', { gridIntensityAtSeconds: null })], {
        nodeWindows: [sampleNodeWindow()],
        nodeSnapshots: [sampleSnapshot()],
        entry: { state: 'partial', coveredSeconds: 290, reason: 'a gap' },
      }),
    );
    expect(all("SELECT * FROM combined_metrics WHERE row_kind = 'pod'")).toEqual([
      expect.objectContaining({
        cluster_id: CLUSTER,
        pod_name: 'cart-0',
        namespace: 'shop',
        node: 'n1',
        node_instance_type: 'm5.large',
        node_zone: 'eu-west-3a',
        emaps_zone: 'FR',
        owner_kind: 'Deployment',
        owner_name: 'cart',
        team: 'checkout',
        timestamp: '2026-01-01T00:05:00Z',
        duration_seconds: 300,
        joules: 1000.5,
        co2e_grams: 0.0171,
        memory_request: 268_435_456,
        memory_usage_bytes: 200_000_001,
        restart_count: 1,
        is_estimated: 1,
        estimation_reasons: '["power is modelled","intensity is of a year"]',
        grid_intensity_timestamp: '2026-01-01T00:00:00Z',
        sources: '1013212',
        gpu_usage_millicores: null,
      }),
    ]);
    expect(
      all("SELECT pod_name, owner_kind, grid_intensity_timestamp FROM combined_metrics WHERE row_kind = 'system'"),
    ).toEqual([{ pod_name: 'node/n1', owner_kind: null, grid_intensity_timestamp: null }]);
    expect(all('SELECT * FROM collection_runs')).toEqual([
      expect.objectContaining({
        cluster_id: CLUSTER,
        timestamp: '2026-01-01T00:05:00Z',
        state: 'partial',
        reason: 'a gap',
        row_count: 2,
      }),
    ]);
    expect(all('SELECT node, timestamp, curve_id, curve_watts_100, sources FROM node_windows')).toEqual([
      {
        node: 'n1',
        timestamp: '2026-01-01T00:05:00Z',
        curve_id: 'aws/m5.large/teads',
        curve_watts_100: 22.4,
        sources: '1013212',
      },
    ]);
    expect(all('SELECT name, instance_type, cpu_capacity, snapshot_timestamp FROM node_snapshots')).toEqual([
      { name: 'n1', instance_type: 'm5.large', cpu_capacity: 2000, snapshot_timestamp: '2026-01-01T00:00:00Z' },
    ]);
  });
});

describe('presence', () => {
  const presence = (): unknown[] => all('SELECT pod_name, first_seen, last_seen FROM pod_presence ORDER BY pod_name');
  const a = sampleRow({ podName: 'a' });
  const b = sampleRow({ podName: 'b' });
  const seen = (pod_name: string, first: string, last: string) => ({
    pod_name,
    first_seen: `2026-01-01T${first}:00Z`,
    last_seen: `2026-01-01T${last}:00Z`,
  });

  it('reaches from the first to the last window with a row, late ones too, and holds pods only', () => {
    write(sampleWindow(NEW_YEAR + 600, [a, nodeRow('system')]));
    write(sampleWindow(NEW_YEAR + 1800, [a, b]));
    expect(presence()).toEqual([seen('a', '00:10', '00:35'), seen('b', '00:30', '00:35')]);
    write(sampleWindow(NEW_YEAR, [b]));
    expect(presence()).toEqual([seen('a', '00:10', '00:35'), seen('b', '00:00', '00:35')]);
  });

  it('shrinks to the windows that are left when a window loses a pod, at either end and in between', () => {
    for (const start of [0, 300, 600, 900]) write(sampleWindow(NEW_YEAR + start, [a, b]));
    write(sampleWindow(NEW_YEAR + 900, [b]));
    expect(presence()).toEqual([seen('a', '00:00', '00:15'), seen('b', '00:00', '00:20')]);
    write(sampleWindow(NEW_YEAR, [b]));
    expect(presence()).toEqual([seen('a', '00:05', '00:15'), seen('b', '00:00', '00:20')]);
    write(sampleWindow(NEW_YEAR + 600, [a]));
    expect(presence()).toEqual([seen('a', '00:05', '00:15'), seen('b', '00:00', '00:20')]);
    write(sampleWindow(NEW_YEAR + 600, [b]));
    write(sampleWindow(NEW_YEAR + 300, [b]));
    expect(presence()).toEqual([seen('b', '00:00', '00:20')]);
  });

  it('is one line for a pod that changes its owner or its team', () => {
    write(sampleWindow(NEW_YEAR, [a]));
    write(sampleWindow(NEW_YEAR + 300, [sampleRow({ podName: 'a', team: 'new' })]));
    expect(presence()).toEqual([seen('a', '00:00', '00:10')]);
    expect(all('SELECT COUNT(*) AS n FROM pod_identities')).toEqual([{ n: 1 }]);
    expect(all('SELECT team FROM combined_metrics ORDER BY timestamp')).toEqual([
      { team: 'checkout' },
      { team: 'new' },
    ]);
  });
});

describe('roll-ups', () => {
  const rows = fc.uniqueArray(
    fc.record({
      pod: fc.constantFrom('a', 'b', 'c'),
      node: fc.constantFrom('n1', 'n2'),
      joules: fc.double({ min: 0, max: 1e15, noNaN: true, noDefaultInfinity: true }),
    }),
    { maxLength: 5, selector: ({ pod, node }) => `${pod} ${node}` },
  );
  const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), rows), { minLength: 1, maxLength: 10 });

  it('equal a fresh GROUP BY after any schedule, also where a huge value was replaced by a small one', () => {
    fc.assert(
      fc.property(writes, (schedule) => {
        for (const [place, content] of schedule) {
          const start = NEW_YEAR + 22 * HOUR + Math.floor(place / 6) * HOUR + (place % 6) * 300;
          const made = content.map(({ pod, node, joules }) =>
            sampleRow({ podName: pod, node, joules: Math.abs(joules) }),
          );
          write(sampleWindow(start, made));
        }
        checkSound(file);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a row that differs from the last window', () => {
  it.each([
    ['ownerKind', 'owner_kind', 'StatefulSet'],
    ['ownerName', 'owner_name', 'other'],
    ['team', 'team', 'other'],
    ['emapsZone', 'emaps_zone', 'SE-SE3'],
    ['provider', 'provider', 'gcp'],
    ['nodeZone', 'node_zone', 'b'],
    ['nodeInstanceType', 'node_instance_type', 'c5.large'],
    ['namespace', 'namespace', 'other'],
    ['podName', 'pod_name', 'other'],
    ['node', 'node', 'n9'],
    ['podUid', 'pod_uid', 'uid-2'],
    ['calculationVersion', 'calculation_version', '2'],
  ] as const)('in its %s alone is kept as it is', (field, column, value) => {
    write(sampleWindow(NEW_YEAR, [sampleRow()]));
    write(sampleWindow(NEW_YEAR + 300, [sampleRow({ [field]: value })]));
    expect(all(`SELECT ${column} AS value FROM combined_metrics ORDER BY timestamp`)).toEqual([
      { value: sampleRow()[field] },
      { value },
    ]);
  });
});

describe('a write that fails', () => {
  it('leaves no ids behind that the next write would trust', () => {
    const twice = [sampleRow({ podName: 'x' }), sampleRow({ podName: 'x', team: 'y' })];
    expect(() => write(sampleWindow(NEW_YEAR, twice))).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(all('SELECT COUNT(*) AS n FROM pod_keys')).toEqual([{ n: 0 }]);
    write(sampleWindow(NEW_YEAR, twice.slice(1)));
    expect(all('SELECT pod_name, team FROM combined_metrics')).toEqual([{ pod_name: 'x', team: 'y' }]);
  });
});

describe('countPodsByBucket', () => {
  it('counts a pod in each bucket it was seen in, once a group, and others together', () => {
    const at = (start: number, pods: string[]) =>
      write(
        sampleWindow(
          NEW_YEAR + start,
          pods.map((name) => sampleRow({ podName: name, node: start % 600 === 0 ? 'n1' : 'n2' })),
        ),
      );
    at(0, ['a', 'b']);
    at(300, ['a']);
    at(600, ['a', 'c']);
    at(900, ['c']);
    const buckets = [0, 300, 600, 900, 1200].map((start) => ({
      startSeconds: NEW_YEAR + start,
      endSeconds: NEW_YEAR + start + 300,
    }));
    const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 1500 };
    const question = { clusterKeys: [1], filter: { clusterIds: [] }, range, groupBy: null };
    const whole = countPodsByBucket(database, question, buckets, new Set(['']));
    expect(whole.get('')?.slice(0, 5)).toEqual([2, 1, 2, 1, 0]);
    const byNode = countPodsByBucket(database, { ...question, groupBy: 'node' }, buckets, new Set());
    expect(byNode.get(OTHER)?.slice(0, 5)).toEqual([2, 1, 2, 1, 0]);
    expect(byNode.size).toBe(1);
  });
});
