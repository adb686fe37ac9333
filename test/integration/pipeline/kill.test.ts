import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { needs } from '../../setup/programs.ts';
import { CONTEXT, type CollectSetup, collectOnce } from './collect-backend.ts';
import { cluster, type DayCluster, startDayCluster } from './day-cluster.ts';
import { dump, withTables } from './stored.ts';

const KILLS = 4;
/** Views of the results; private tables may number their keys in another order after a kill. */
const RESULTS = ['combined_metrics', 'collection_runs', 'node_windows', 'node_snapshots', 'pod_presence'];

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
      await killedCollect(killed, Math.random() * 1500);
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

/** A collect of the context `test` in its own process, killed some time after it started. */
async function killedCollect(setup: CollectSetup, milliseconds: number): Promise<void> {
  const script = resolve(import.meta.dirname, 'collect-child.ts');
  const args = [script, setup.dataDir, setup.kubeconfig, String(setup.nowSeconds)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CONTEXT },
  });
  const ended = new Promise((done) => child.once('close', done));
  await new Promise((started) => child.stdout.once('data', started));
  await sleep(600 + milliseconds);
  child.kill('SIGKILL');
  await ended;
}

function countWindows({ dataDir }: CollectSetup): number {
  try {
    return withTables(dataDir, (database) =>
      Number(database.prepare('select count(*) from collection_runs').pluck().get()),
    );
  } catch {
    // Killed before the file was made.
    return 0;
  }
}

function integrity({ dataDir }: CollectSetup): unknown {
  try {
    return withTables(dataDir, (database) => database.pragma('integrity_check', { simple: true }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN') return 'ok';
    throw error;
  }
}
