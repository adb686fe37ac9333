import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/backend/store/open-store.ts';
import { postgresSettingsOf, withClient } from '../../contract/storage/postgres-schema.ts';
import { CLUSTER } from '../../contract/storage/sample-windows.ts';
import { FILLED_WINDOWS, fillStore } from '../../fakes/backend/filled-store.ts';
import { keptOf } from '../../fakes/backend/whole-store.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { runCommand } from './command-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-copying-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(needs('postgres'))('podwatt store copy', () => {
  it('is killed in the middle, run again at once, and ends with the same content', async () => {
    const address = await sharedPostgres();
    const { host, port, user, password } = address;
    const settings = postgresSettingsOf(address, { schema: `copy_${randomUUID().slice(0, 8)}` });
    const { schema } = settings;
    const from = { kind: 'sqlite', file: join(folder, 'a.sqlite') } as const;
    const source = await openStore(from);
    await fillStore(source);
    const to = `postgres://${user}@${host}:${port}/postgres?schema=${schema}&sslmode=disable`;
    const args = ['store', 'copy', '--from', `sqlite://${from.file}`, '--to', to, '--json'];
    const secrets = { PODWATT_STORE_TO_PASSWORD: password, PODWATT_STORE_PASSWORD: 'of another server' };
    try {
      const killed = runCommand(folder, args, secrets);
      const done = killed.exitCode.then(() => true);
      await withClient(settings, async (client) => {
        const count = `SELECT count(*)::int AS windows FROM ${schema}.collection_runs`;
        for (;;) {
          const found = await client.query<{ windows: number }>(count).catch(() => null);
          if ((found?.rows[0]?.windows ?? 0) > 3) break;
          if (await Promise.race([done, sleep(5, false)])) throw new Error(killed.stderr());
        }
      });
      killed.child.kill('SIGKILL');
      await killed.exitCode;

      const again = runCommand(folder, args, secrets);
      expect([await again.exitCode, again.stderr()]).toEqual([0, '']);
      const [cluster] = JSON.parse(again.stdout()).clusters;
      expect(cluster.windows_already_there).toBeGreaterThan(3);
      expect(cluster.windows_written + cluster.windows_already_there).toBe(FILLED_WINDOWS);
      expect(cluster).toMatchObject({ id: CLUSTER, verified: { windows: FILLED_WINDOWS, rows: 80 } });
      expect(again.stdout() + again.stderr()).not.toContain(password);
      const target = await openStore(settings);
      expect(await keptOf(target)).toEqual(await keptOf(source));
      expect(await target.verify()).toEqual([]);
      await target.close();
    } finally {
      await source.close();
      await withClient(settings, (client) => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));
    }
  });
});
