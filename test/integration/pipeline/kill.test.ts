import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { needs } from '../../setup/programs.ts';
import { collectOnce } from './collect-backend.ts';
import { cluster, type DayCluster, startDayCluster } from './day-cluster.ts';
import { countWindows, integrity, killedCollect, RESULTS } from './killed-collect.ts';
import { dump } from './stored.ts';

const KILLS = 4;

describe.runIf(needs('prometheus'))('a reading that is killed', () => {
  let day: DayCluster;
  beforeAll(async () => {
    day = await startDayCluster();
  });
  afterAll(() => day?.stop());

  it('is completed by the next one, as if nothing had happened', async () => {
    const killed = day.setup('killed');
    const windows: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // By the clock on the way to the first window, then between two windows.
      await killedCollect(killed, kill === 0 ? { milliseconds: Math.random() * 2000 } : { moreWindows: kill });
      windows.push(countWindows(killed));
      expect(integrity(killed)).toBe('ok');
    }
    await collectOnce(killed, '24h');
    const undisturbed = day.setup('undisturbed');
    await collectOnce(undisturbed, '24h');
    const [after, wanted] = [dump(killed.dataDir), dump(undisturbed.dataDir)];
    for (const view of RESULTS)
      expect(after[view], `${view} after ${windows.join(', ')} windows`).toEqual(wanted[view]);
  });

  it('never has its hours filled in pieces: a 5-minute window in an hour that is covered is refused', async () => {
    const setup = day.setup('covered');
    const { cluster_id: clusterId } = await collectOnce(setup, '24h');
    const before = dump(setup.dataDir);
    const store = await openSqliteResults({ file: join(setup.dataDir, 'podwatt.sqlite') });
    const entry = {
      clusterId,
      window: { startSeconds: cluster.startSeconds + 2 * 3600 + 600, durationSeconds: 300 as const },
      state: 'no-data' as const,
      coveredSeconds: 0,
      reason: 'test',
      notices: [],
      rowCount: 0,
      closedAtSeconds: setup.nowSeconds,
    };
    const write = store.replaceWindow({ entry, rows: [], nodeWindows: [], nodeSnapshots: [] }, Number.MAX_SAFE_INTEGER);
    await expect(write).rejects.toMatchObject({ code: 'conflict' });
    await store.close();
    expect(dump(setup.dataDir)['collection_runs']).toEqual(before['collection_runs']);
  });
});
