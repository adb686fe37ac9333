import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONTEXT, type CollectSetup } from './collect-backend.ts';
import { withTables } from './stored.ts';

/** Views of the results; private tables may number their keys in another order after a kill. */
export const RESULTS = ['combined_metrics', 'collection_runs', 'node_windows', 'node_snapshots', 'pod_presence'];

/** When to kill: some time after the start, or as soon as so many more windows are stored. */
export type KillAt = { readonly milliseconds: number } | { readonly moreWindows: number };

/** A collect of the context `test` in its own process, killed on its way (if it does not end before). */
export async function killedCollect(setup: CollectSetup, at: KillAt): Promise<void> {
  const script = resolve(import.meta.dirname, 'collect-child.ts');
  const args = [script, setup.dataDir, setup.kubeconfig, String(setup.nowSeconds)];
  const before = countWindows(setup);
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CONTEXT },
  });
  let isOver = false;
  const ended = new Promise<void>((done) => {
    child.once('close', () => {
      isOver = true;
      done();
    });
  });
  await new Promise((started) => child.stdout.once('data', started));
  if ('milliseconds' in at) await sleep(at.milliseconds);
  else while (!isOver && countWindows(setup) < before + at.moreWindows) await sleep(2);
  child.kill('SIGKILL');
  await ended;
}

export function countWindows({ dataDir }: CollectSetup): number {
  try {
    return withTables(dataDir, (database) =>
      Number(database.prepare('select count(*) from collection_runs').pluck().get()),
    );
  } catch {
    // Killed before the file was made.
    return 0;
  }
}

export function integrity({ dataDir }: CollectSetup): unknown {
  try {
    return withTables(dataDir, (database) => database.pragma('integrity_check', { simple: true }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN') return 'ok';
    throw error;
  }
}
