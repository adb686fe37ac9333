import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyStore } from '../../../../src/backend/store-copy/copy-store.ts';
import { verifyCopy } from '../../../../src/backend/store-copy/verify-copy.ts';
import type { Failure } from '../../../../src/model/failure.ts';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { testSqlite } from '../../../../src/storage/sqlite/test-sqlite.ts';
import { clusterEntryOf } from '../../../contract/storage/kubernetes/recorded-objects.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  OTHER_CLUSTER,
  sampleRow,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';
import { FILLED_WINDOWS, windowsOf } from '../../../fakes/backend/filled-store.ts';
import { keptOf } from '../../../fakes/backend/whole-store.ts';
import { type CopiedFiles, makeFiles, makeTemplates, type Templates } from './copied-files.ts';

const ALWAYS = { startSeconds: 0, endSeconds: NEW_YEAR * 2 };
/** Half an hour after the windows of `fillStore`. */
const AFTER = NEW_YEAR + 3 * DAY + HOUR;

let templates: Templates;
let files: CopiedFiles;
beforeAll(async () => {
  templates = await makeTemplates();
});
afterAll(() => templates.remove());
beforeEach(async () => {
  files = await makeFiles(templates);
});
afterEach(() => files.remove());

const failureOf = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Failure) => error,
  );
const ledgerOf = async (store: CopiedFiles['source'], clusterId = CLUSTER) => store.listLedger(clusterId, ALWAYS);

describe('a copy that is stopped', () => {
  it('goes on where it ended, and ends as one that was not', async () => {
    for (const after of [1, 10]) {
      const stop = new AbortController();
      let written = 0;
      const onProgress = ({ what }: { what: string }) => {
        written += what === 'copying' ? 1 : 0;
        if (written === after) stop.abort();
      };
      expect(await failureOf(files.copy({ signal: stop.signal, onProgress }))).toMatchObject({
        code: 'cancelled',
        hint: expect.stringContaining('goes on'),
      });
    }
    expect(await ledgerOf(files.target)).toHaveLength(11);
    expect(await files.target.listLeases()).toEqual([]);
    const { clusters } = await files.copy();
    expect(clusters[0]?.windows).toEqual({ written: FILLED_WINDOWS - 11, there: 11, notCarried: null });
    expect(await keptOf(files.target)).toEqual(await keptOf(files.source));
    expect(await files.target.verify()).toEqual([]);
  });

  it('need not wait for its own lease, which a kill leaves behind', async () => {
    const lease = { clusterId: CLUSTER, holder: 'copier', holderName: 'killed', durationSeconds: 600 };
    await files.target.takeLease(lease);
    expect((await files.copy()).clusters).toHaveLength(2);
  });
});

describe('progress', () => {
  it('tells of each cluster what is done of how many windows', async () => {
    await files.copy();
    const of = FILLED_WINDOWS;
    const copying = files.steps.filter(({ what, cluster }) => what === 'copying' && cluster === 'Production');
    expect(copying.map(({ done }) => done)).toEqual(Array.from({ length: of }, (_, place) => place + 1));
    expect(new Set(copying.map((step) => step.of))).toEqual(new Set([of]));
    expect(new Set(files.steps.map(({ what }) => what))).toEqual(
      new Set(['comparing', 'copying', 'copying records', 'checking']),
    );
    expect(files.steps.filter(({ cluster }) => cluster === null).length).toBeGreaterThan(0);
  });
});

describe('a target that has something of the cluster', () => {
  const first = windowsOf(CLUSTER)[0];
  const start = first?.entry.window.startSeconds ?? 0;

  it.each([
    ['other rows under the same line of the ledger', { ...first?.entry, rowCount: 5 }, 2],
    ['a window that was closed at another time', { ...first?.entry, closedAtSeconds: 1 }, 1],
  ] as const)('is refused with %s, and nothing is written', async (_, entry, size) => {
    if (first === undefined) throw new Error('no window');
    const rows = size === 1 ? first.rows : first.rows.map((row) => ({ ...row, joules: row.joules * size }));
    await files.target.replaceWindow({ ...first, entry: { ...first.entry, ...entry }, rows }, 1);
    const failure = await failureOf(files.copy());
    expect(failure).toMatchObject({ code: 'conflict', hint: expect.stringContaining('delete the cluster there') });
    expect(failure.message).toBe(
      'The target holds something else of Production for 2026-01-01T20:00:00Z to 2026-01-01T21:00:00Z',
    );
    expect(await ledgerOf(files.target)).toHaveLength(1);
    expect(await files.target.clusterEntry(CLUSTER)).toBeNull();
  });

  it('is refused with windows of another length', async () => {
    await files.target.replaceWindow(sampleWindow(start + 300, [sampleRow()]), 1);
    expect(await failureOf(files.copy())).toMatchObject({ code: 'conflict' });
    expect(await ledgerOf(files.target)).toHaveLength(1);
    expect(await files.target.clusterEntry(CLUSTER)).toBeNull();
  });

  it('keeps windows of other times, and what was said of the cluster last', async () => {
    const own = sampleWindow(start + 2 * HOUR + 300, [sampleRow({}, 9)]);
    await files.target.putClusterEntry(clusterEntryOf(CLUSTER, { name: 'Ours', updatedAtSeconds: NEW_YEAR + 1 }));
    await files.target.replaceWindow(own, 1);
    const { clusters } = await files.copy();
    expect(clusters[0]?.verified.windows).toBe(FILLED_WINDOWS);
    expect(await ledgerOf(files.target)).toHaveLength(FILLED_WINDOWS + 1);
    expect(await files.target.windowContent(CLUSTER, own.entry.window)).toEqual(own);
    expect(await files.target.clusterEntry(CLUSTER)).toMatchObject({ name: 'Ours' });
  });
});

describe('a cluster that another one collects into the target', () => {
  it('is refused with who does, and nothing of it is written', async () => {
    const holder = { holder: 'other', holderName: 'laptop-1 (pid 4711)', durationSeconds: 600 };
    await files.target.takeLease({ clusterId: CLUSTER, ...holder });
    const failure = await failureOf(files.copy());
    expect(failure.code).toBe('conflict');
    expect(failure.message).toBe('Production is collected into the target by laptop-1 (pid 4711)');
    expect(failure.hint).toContain('Stop it there');
    expect(await ledgerOf(files.target)).toEqual([]);
  });

  it('is lost where that one takes it over, and nothing is written after it', async () => {
    let left = 5;
    const target = new Proxy(files.target, {
      get: (store, name) => {
        if (name === 'replaceWindow' && left-- === 0) {
          // As if the lease had run out, and another one wrote since.
          return async (window: Parameters<typeof store.replaceWindow>[0], epoch: number) => {
            await store.replaceWindow(sampleWindow(AFTER, []), epoch + 1);
            return store.replaceWindow(window, epoch);
          };
        }
        const value: unknown = Reflect.get(store, name, store);
        return typeof value === 'function' ? value.bind(store) : value;
      },
    });
    expect(await failureOf(files.copy({ target }))).toMatchObject({ code: 'conflict' });
    expect(await ledgerOf(files.target)).toHaveLength(5 + 1);
  });
});

describe('what retention removed from the source', () => {
  it('is told of, and the rest is copied and checked', async () => {
    const policy = { ...DEFAULT_RETENTION, rawDays: 3 };
    await files.source.maintain(policy, NEW_YEAR + 5 * DAY);
    const { clusters } = await files.copy();
    const range = { startSeconds: NEW_YEAR + 20 * HOUR, endSeconds: NEW_YEAR + DAY + 21 * HOUR + 1200 };
    expect(clusters[0]?.windows).toEqual({
      written: FILLED_WINDOWS - 10,
      there: 0,
      notCarried: { windows: 10, range },
    });
    expect(clusters[0]?.verified.windows).toBe(FILLED_WINDOWS - 10);
    expect(await files.target.verify()).toEqual([]);
    // What an earlier copy brought over stays.
    await files.source.maintain(policy, NEW_YEAR + 6 * DAY);
    const again = (await files.copy()).clusters[0];
    expect(again?.windows).toMatchObject({ written: 0, there: FILLED_WINDOWS - 10, notCarried: { windows: 10 } });
  });
});

describe('the check at the end', () => {
  const cluster = { id: CLUSTER, name: 'Production' };

  it('names the cluster and the stretch whose sums differ', async () => {
    await files.copy();
    const changed = windowsOf(CLUSTER)[8];
    if (changed === undefined) throw new Error('no window');
    const rows = changed.rows.map((row, place) =>
      place === 0 ? { ...row, totalCost: row.totalCost * 1.000001 } : row,
    );
    await files.target.replaceWindow({ ...changed, rows }, 1000);
    const failure = await failureOf(verifyCopy(files.work(), cluster, AFTER));
    expect(failure.code).toBe('store');
    expect(failure.message).toMatch(
      /^The copy of Production differs from 2026-01-02T20:00:00Z to 2026-01-02T21:20:00Z: totalCost is [\d.]+ in the source, [\d.]+ in the target$/,
    );
  });

  it('finds a window that is missing, and rows that are', async () => {
    await files.copy();
    const late = sampleWindow(NEW_YEAR + DAY, [sampleRow()]);
    await files.source.replaceWindow(late, 1000);
    expect((await failureOf(verifyCopy(files.work(), cluster, AFTER))).message).toContain(
      'from 2026-01-02T00:00:00Z to 2026-01-02T00:05:00Z: 1 rows in the source, no window in the target',
    );
    await files.target.replaceWindow({ ...late, rows: [], entry: { ...late.entry, rowCount: 0 } }, 1000);
    expect((await failureOf(verifyCopy(files.work(), cluster, AFTER))).message).toContain('0 rows in the target');
  });
});

describe('one store twice', () => {
  const signal = new AbortController().signal;
  const onProgress = () => undefined;

  it('is refused by its address, also through a link', async () => {
    const file = join(files.folder, 'source.sqlite');
    const link = join(files.folder, 'link.sqlite');
    symlinkSync(file, link);
    for (const other of [file, link]) {
      const to = { kind: 'sqlite', file: other } as const;
      expect(await failureOf(copyStore({ from: { kind: 'sqlite', file }, to, signal, onProgress }))).toMatchObject({
        code: 'bad-input',
        message: 'Both addresses lead to the same store',
      });
    }
    const server = { kind: 'elasticsearch', url: 'http://h:9200', indexPrefix: 'p' } as const;
    const rest = { auth: { kind: 'none' }, shards: 1, replicas: 0, verifyCertificates: true } as const;
    const more = { certificateAuthority: null, requestTimeoutMilliseconds: 1 };
    const from = { ...server, ...rest, ...more };
    const to = { ...from, url: 'http://H:9200/', auth: { kind: 'api-key', key: 'k' } } as const;
    expect(await failureOf(copyStore({ from, to, signal, onProgress }))).toMatchObject({ code: 'bad-input' });
  });

  it('is refused by its lease where its addresses differ', async () => {
    const before = await keptOf(files.source);
    const again = await files.open('source.sqlite');
    expect(await failureOf(files.copy({ target: again }))).toMatchObject({ code: 'bad-input' });
    expect(await keptOf(files.source)).toEqual(before);
  });
});

describe('a source', () => {
  it('has to be there', async () => {
    const from = { kind: 'sqlite', file: join(files.folder, 'none.sqlite') } as const;
    const to = { kind: 'sqlite', file: join(files.folder, 'new.sqlite') } as const;
    const work = { from, to, signal: new AbortController().signal, onProgress: () => undefined };
    expect(await failureOf(copyStore(work))).toMatchObject({ code: 'not-found' });
  });

  it('and a target of an older version are refused, and left as they are', async () => {
    const old = { kind: 'sqlite', file: join(files.folder, 'old.sqlite') } as const;
    (await openForWriting(old.file, MIGRATIONS.slice(0, 3), 0)).close();
    const current = { kind: 'sqlite', file: join(files.folder, 'target.sqlite') } as const;
    const signal = new AbortController().signal;
    for (const [from, to] of [
      [old, current],
      [current, old],
    ] as const) {
      const failure = await failureOf(copyStore({ from, to, signal, onProgress: () => undefined }));
      expect(failure).toMatchObject({ code: 'store', hint: expect.stringContaining('Start Podwatt on it once') });
      expect(failure.message).toBe(`An older Podwatt made ${old.file}`);
    }
    expect(await testSqlite(old)).toMatchObject({ schema: 'older' });
  });

  it('without clusters leaves an empty copy', async () => {
    expect(await files.copy({ source: await files.open('empty.sqlite') })).toEqual({
      clusters: [],
      shared: { intensities: 0, embodied: 0, budgets: 0, alerts: 0, audit: 0 },
    });
    expect(await ledgerOf(files.target, OTHER_CLUSTER)).toEqual([]);
  });
});
