import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeOwnership } from '../../../src/backend/ownership/ownership.ts';
import { openAppState } from '../../../src/storage/sqlite/index.ts';
import { MIGRATIONS } from '../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../src/storage/sqlite/open-database.ts';
import { type CommandWorld, createCommandWorld, type RunningCommand } from '../../fakes/cli/run-command.ts';
import { storeStatus } from '../../fakes/router/answers.ts';

let world: CommandWorld;
const running: RunningCommand[] = [];
beforeEach(() => {
  world = createCommandWorld();
});
afterEach(async () => {
  for (const command of running.splice(0)) {
    command.stop();
    await command.exitCode;
  }
  world.remove();
});
const run = (args: readonly string[], env?: Record<string, string>) => {
  const command = world.run(args, env === undefined ? {} : { env });
  running.push(command);
  return command;
};
const data = (...names: string[]) => join(world.folder, 'data', ...names);

async function makeStore(): Promise<void> {
  const database = await openForWriting(data('podwatt.sqlite'), MIGRATIONS, 0);
  database.close();
}

describe('the setting of the store', () => {
  it('reaches the backend from an option, a variable or the file, in this order', async () => {
    writeFileSync(join(world.folder, 'config.yaml'), 'store: sqlite:from-file.sqlite\n');
    for (const [args, env, file] of [
      [[], {}, 'from-file.sqlite'],
      [[], { PODWATT_STORE: 'sqlite:from-env.sqlite' }, 'from-env.sqlite'],
      [['--store', 'sqlite:from-option.sqlite'], { PODWATT_STORE: 'sqlite:x' }, 'from-option.sqlite'],
    ] as const) {
      const command = run(['contexts', ...args], env);
      expect(await command.exitCode).toBe(0);
      expect(command.requests[0]?.store).toEqual({
        settings: { kind: 'sqlite', file: join(world.folder, file) },
        chosenBy: 'command',
      });
    }
  });

  it('is none of a command where nobody set it', async () => {
    const command = run(['contexts']);
    await command.exitCode;
    expect(command.requests[0]?.store).toBeNull();
  });

  it.each<[string[], Record<string, string>, string, string]>([
    [['--store', 'mysql://u:hunter2@h/d'], {}, '', '--store begins with no kind of store that Podwatt knows.'],
    [[], { PODWATT_STORE: 'postgres://u:hunter2@h' }, '', 'PODWATT_STORE names no database.'],
    [[], {}, 'store: postgres://u:hunter2@h:0/d\n', 'store in '],
  ])('is refused with what holds it: %j %j %j', async (args, env, file, text) => {
    writeFileSync(join(world.folder, 'config.yaml'), file);
    const command = run(['contexts', ...args], env);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain(text);
    expect(command.stderr()).toContain('Write ');
    expect(command.stderr()).not.toContain('hunter2');
  });

  it('takes secrets from variables of their own', async () => {
    const settingsBy = async (url: string, env: Record<string, string>) => {
      const command = run(['contexts'], { PODWATT_STORE: url, ...env });
      expect(await command.exitCode).toBe(0);
      return command.requests[0]?.store?.settings;
    };
    const both = { PODWATT_STORE_PASSWORD: 'mine', PGPASSWORD: 'theirs' };
    expect(await settingsBy('postgres://u@h/d', both)).toMatchObject({ password: 'mine' });
    expect(await settingsBy('postgres://u@h/d', { PGPASSWORD: 'theirs' })).toMatchObject({ password: 'theirs' });
    expect(await settingsBy('elasticsearch+http://u@h', both)).toMatchObject({ auth: { password: 'mine' } });
    expect(await settingsBy('elasticsearch+http://h', { PODWATT_STORE_API_KEY: 'key' })).toMatchObject({
      auth: { kind: 'api-key', key: 'key' },
    });
    const refused = run(['contexts'], { PODWATT_STORE: 'elasticsearch+http://u@h', PGPASSWORD: 'theirs' });
    expect(await refused.exitCode).toBe(2);
  });

  it('is where a demo writes, and stays when the demo ends', async () => {
    const command = run(['demo', '--port', '0', '--store', 'postgres://u:hunter2@h/d']);
    await command.firstLine();
    expect(command.requests[0]?.store?.settings).toMatchObject({ kind: 'postgres', host: 'h' });
    expect(command.requests[0]?.dataDir).toContain('podwatt-demo-');
    expect(command.stderr()).toBe('The rows of the sample cluster are kept in postgres://h:5432/d (schema public).\n');
    expect(JSON.stringify(command.log)).not.toContain('hunter2');
  });
});

describe('store status and maintain', () => {
  it('ask the Podwatt that runs, and say where it has another store', async () => {
    const server = run(['serve', '--port', '0']);
    await server.firstLine();
    const status = run(['store', 'status', '--json']);
    expect([await status.exitCode, status.stderr(), status.steps]).toEqual([0, '', []]);
    expect(JSON.parse(status.stdout())).toEqual(storeStatus);
    const same = run(['store', 'status', '--store', 'sqlite:///data/podwatt.sqlite']);
    expect([await same.exitCode, same.stderr()]).toEqual([0, '']);
    const other = run(['store', 'status', '--store', 'sqlite:///other.sqlite']);
    expect(await other.exitCode).toBe(0);
    expect(other.stderr()).toContain('store given here are left out');
    const maintain = run(['store', 'maintain']);
    expect(await maintain.exitCode).toBe(0);
    expect(maintain.stdout()).toContain('removed   5000 rows');
    expect(server.fake.inputs.at(-1)?.operation).toBe('store.maintain');
  });

  it('make a backend where none runs', async () => {
    const command = run(['store', 'status']);
    expect(await command.exitCode).toBe(0);
    expect(command.steps).toEqual(['create', 'stop']);
    expect(command.stdout()).toContain('combined_metrics');
  });
});

describe('store check', () => {
  it('reads the file in the data folder without making anything', async () => {
    const none = run(['store', 'check']);
    expect(await none.exitCode).toBe(1);
    expect(none.stderr()).toContain(`There is no store yet at ${data('podwatt.sqlite')}`);
    expect(existsSync(data())).toBe(false);
    await makeStore();
    const sound = run(['store', 'check', '--json']);
    expect(await sound.exitCode).toBe(0);
    expect(JSON.parse(sound.stdout())).toMatchObject({ ok: true, location: data('podwatt.sqlite'), problems: [] });
    expect(sound.steps).toEqual([]);
  });

  it('lists problems with exit code 1', async () => {
    await makeStore();
    const database = new Database(data('podwatt.sqlite'));
    database.exec(
      "INSERT INTO cluster_keys VALUES (1, 'c', 1); INSERT INTO ledger VALUES (1, 0, 300, 'whole', 300, NULL, '[]', 0, 0, x'00')",
    );
    const names = database.pragma('table_info(rollup_hour_namespace)') as { name: string }[];
    database
      .prepare(
        `INSERT INTO rollup_hour_namespace VALUES (${names.map(({ name }) => (name === 'start_seconds' ? 0 : 1)).join()})`,
      )
      .run();
    database.close();
    const command = run(['store', 'check']);
    expect(await command.exitCode).toBe(1);
    expect(command.stdout()).toMatch(/rollup_hour_namespace: 1 sum differs from the rows at 1970-01-01/);
    expect(command.stderr()).toContain('The store is not as it should be.');
  });

  it('looks at the store that was chosen in the app', async () => {
    mkdirSync(data());
    const state = await openAppState({ file: data('app.sqlite') });
    await state.set('store-address', `sqlite://${join(world.folder, 'chosen.sqlite')}`);
    const command = run(['store', 'check']);
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toContain(join(world.folder, 'chosen.sqlite'));
    await state.close();
  });
});

describe('store backup and restore', () => {
  it('copy a store, and put the copy back beside what was there', async () => {
    await makeStore();
    const backup = run(['store', 'backup', 'copy.sqlite', '--json']);
    expect(await backup.exitCode).toBe(0);
    expect(JSON.parse(backup.stdout())).toEqual({
      file: join(world.folder, 'copy.sqlite'),
      size_bytes: readFileSync(join(world.folder, 'copy.sqlite')).length,
    });
    const database = new Database(data('podwatt.sqlite'));
    database.exec("INSERT INTO cluster_keys VALUES (1, 'late', 1)");
    database.close();
    const restore = run(['store', 'restore', 'copy.sqlite']);
    expect(await restore.exitCode).toBe(0);
    const kept = readdirSync(data()).find((name) => /^podwatt\.sqlite\.replaced-[\dT-]+Z$/.test(name)) ?? 'none';
    expect(restore.stdout()).toContain(`What was there before is kept as ${data(kept)}.`);
    const clustersIn = (file: string) => {
      const found = new Database(file, { readonly: true });
      try {
        return found.prepare('SELECT COUNT(*) FROM cluster_keys').pluck().get();
      } finally {
        found.close();
      }
    };
    expect(clustersIn(data('podwatt.sqlite'))).toBe(0);
    expect(clustersIn(data(kept))).toBe(1);
    expect(readdirSync(data()).filter((name) => /restoring|recovering|lock/.test(name))).toEqual([]);
  });

  it('name a copy by its time, and overwrite nothing', async () => {
    await makeStore();
    const backup = run(['store', 'backup']);
    expect(await backup.exitCode).toBe(0);
    const made = readdirSync(world.folder).find((name) =>
      /^podwatt-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.sqlite$/.test(name),
    );
    expect(backup.stdout()).toContain(made ?? 'none');
    const again = run(['store', 'backup', made ?? 'none']);
    expect(await again.exitCode).toBe(2);
    expect(again.stderr()).toContain('is there already');
  });

  it('refuse what is no sound backup, and leave the store as it is', async () => {
    await makeStore();
    const before = readFileSync(data('podwatt.sqlite'));
    writeFileSync(join(world.folder, 'text.sqlite'), 'no database'.repeat(1000));
    const newer = await openForWriting(join(world.folder, 'newer.sqlite'), MIGRATIONS, 0);
    newer.exec("INSERT INTO schema_migrations VALUES (999, 'future', 0)");
    newer.close();
    new Database(join(world.folder, 'other.sqlite')).exec('CREATE TABLE t (a)').close();
    for (const [name, code, text] of [
      ['missing.sqlite', 2, 'is not there'],
      ['text.sqlite', 2, 'damaged or no SQLite database'],
      ['other.sqlite', 2, 'is no store of results'],
      ['newer.sqlite', 1, 'A newer Podwatt made this store'],
    ] as const) {
      const command = run(['store', 'restore', name]);
      expect(await command.exitCode, name).toBe(code);
      expect(command.stderr()).toContain(text);
    }
    expect(readFileSync(data('podwatt.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(data())).toEqual(['podwatt.sqlite']);
  });

  it('restore nothing while a Podwatt owns the folder, or another program has the file', async () => {
    await makeStore();
    await run(['store', 'backup', 'copy.sqlite']).exitCode;
    const ownership = await takeOwnership(data());
    const command = run(['store', 'restore', 'copy.sqlite']);
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toContain(`is working on ${data()}`);
    await ownership.release();
    const reader = new Database(data('podwatt.sqlite'));
    reader.exec('BEGIN IMMEDIATE');
    const second = run(['store', 'restore', 'copy.sqlite']);
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toContain('Another program holds the file');
    reader.close();
    expect(readdirSync(data()).filter((name) => name.includes('replaced'))).toEqual([]);
  });

  it.each([
    [
      'backup',
      'postgres://me:hunter2@db:5433/team?schema=carbon',
      'pg_dump --format=custom --host=db --port=5433 --username=me --schema=carbon --file=podwatt.dump team',
    ],
    [
      'restore',
      'postgres://me:hunter2@db/te%20am',
      "pg_restore --clean --if-exists --host=db --port=5432 --username=me --dbname='te am' podwatt.dump",
    ],
    [
      'backup',
      'elasticsearch+https://me:hunter2@es?index_prefix=t',
      'curl -u me -X PUT \'https://es:9200/_snapshot/REPOSITORY/podwatt?wait_for_completion=true\' -H \'content-type: application/json\' -d \'{"indices":"t-*","include_global_state":false}\'',
    ],
    [
      'restore',
      'elasticsearch+https://es?api_key=hunter2',
      "curl -H 'authorization: ApiKey …' -X POST https://es:9200/_snapshot/REPOSITORY/podwatt/_restore -H 'content-type: application/json' -d '{\"indices\":\"podwatt-*\"}'",
    ],
  ])('say how to %s %s with its own tools', async (name, store, hint) => {
    const command = run(['store', name, ...(name === 'restore' ? ['copy'] : []), '--store', store]);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain(`${hint}\n`);
    expect(command.stderr()).not.toContain('hunter2');
  });
});

describe('store test and vacuum', () => {
  it('look at a file, and say what a start would do', async () => {
    const none = run(['store', 'test', 'sqlite:new.sqlite', '--json']);
    expect(await none.exitCode).toBe(0);
    expect(JSON.parse(none.stdout())).toMatchObject({ ok: true, kind: 'sqlite', schema: 'new' });
    expect(readdirSync(world.folder)).not.toContain('new.sqlite');
    const bad = run(['store', 'test', 'postgres://u:hunter2@h']);
    expect(await bad.exitCode).toBe(2);
    expect(bad.stderr()).toMatch(/^The address names no database/);
    const away = run(['store', 'test', 'postgres://u:hunter2@127.0.0.1:1/d']);
    expect(await away.exitCode).toBe(1);
    expect(away.stdout()).toContain('store     postgres://127.0.0.1:1/d (schema public)');
    expect(away.stdout() + away.stderr()).not.toContain('hunter2');
  });

  it('give room back', async () => {
    const none = run(['store', 'vacuum']);
    expect(await none.exitCode).toBe(1);
    await makeStore();
    const command = run(['store', 'vacuum', '--json']);
    expect(await command.exitCode).toBe(0);
    expect(JSON.parse(command.stdout())).toMatchObject({ location: data('podwatt.sqlite') });
  });
});

describe('help', () => {
  it('lists the commands and refuses others', async () => {
    const help = run(['store', '--help']);
    expect(await help.exitCode).toBe(0);
    for (const name of ['status', 'test', 'check', 'backup', 'restore', 'vacuum', 'maintain'])
      expect(help.stdout()).toContain(`\n  ${name} `);
    const wrong = run(['store', 'chekc']);
    expect(await wrong.exitCode).toBe(2);
    expect(wrong.stderr()).toContain('Did you mean check?');
    expect(wrong.stdout()).toBe('');
  });
});
