import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { openPostgresResults, testPostgres } from '../../../src/storage/postgres/index.ts';
import { migrateDown, migratePostgres } from '../../../src/storage/postgres/migrate.ts';
import { MIGRATIONS } from '../../../src/storage/postgres/migrations/index.ts';
import { freePort } from '../../services/free-port.ts';
import type { PostgresAddress } from '../../services/postgres.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';
import { failureCodeOf } from './store-fixture.ts';

const ROLE_PASSWORD = 'only for this run';

describe.runIf(needs('postgres'))('opening a PostgreSQL store', () => {
  let address: PostgresAddress;
  let settings: PostgresSettings;
  const role = `role_${randomUUID().slice(0, 8)}`;
  /** The same store as somebody who may do only what is granted. */
  const asRole = (): PostgresSettings => ({ ...settings, user: role, password: ROLE_PASSWORD });
  const admin = (text: string) => withClient(settings, async (client) => (await client.query(text)).rows);

  beforeAll(async () => {
    address = await sharedPostgres();
    settings = postgresSettingsOf(address);
    await admin(`CREATE ROLE ${role} LOGIN PASSWORD '${ROLE_PASSWORD}'`);
  });
  beforeEach(() => {
    settings = postgresSettingsOf(address);
  });
  afterAll(async () => {
    await admin(`DROP OWNED BY ${role}`);
    await admin(`DROP ROLE ${role}`);
  });

  it.each([
    ['a wrong password', () => ({ ...settings, password: 'no such word' }), 'unauthenticated'],
    ['an unknown user', () => ({ ...settings, user: 'nobody-here' }), 'unauthenticated'],
    ['an unknown database', () => ({ ...settings, database: 'not-there' }), 'store'],
    ['a server that is not there', async () => ({ ...settings, port: await freePort() }), 'store-away'],
    ['a name that nobody has', () => ({ ...settings, host: 'nowhere.invalid' }), 'store-away'],
    ['a server without TLS where it is asked for', () => ({ ...settings, sslMode: 'require' as const }), 'tls'],
  ] as const)('says what is wrong: %s', async (_, change, code) => {
    const wrong = await change();
    const failure: Failure = await openPostgresResults(wrong).then(
      () => expect.fail('it opened'),
      (error: Failure) => error,
    );
    expect(failure.code).toBe(code);
    expect(failure.hint).not.toBeNull();
    expect(`${failure.message} ${failure.hint}`).not.toContain(wrong.password ?? '');
    const test = await testPostgres(wrong);
    expect(test).toMatchObject({ isOk: false, schema: null, problem: { message: failure.message } });
  });

  it('goes without TLS where it is only preferred', async () => {
    const store = await openPostgresResults({ ...settings, sslMode: 'prefer' });
    expect((await store.info()).serverVersion).toMatch(/^PostgreSQL \d+/);
    await store.close();
  });

  it('makes the schema once, however many start at once', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresResults(settings)));
    await Promise.all(stores.map((store) => store.close()));
    const steps = await admin('SELECT version FROM schema_migrations ORDER BY version');
    expect(steps).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
  });

  it('keeps to its schema, whatever that is called', async () => {
    const odd = { ...settings, schema: `Odd "name"; ${randomUUID().slice(0, 4)}` };
    const store = await openPostgresResults(odd);
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    expect(
      (await store.totals({ clusterIds: [] }, { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 300 })).podCount,
    ).toBe(1);
    expect((await store.info()).location).toContain(odd.schema);
    await store.close();
    const count = await admin(`SELECT count(*)::int AS n FROM "${odd.schema.replaceAll('"', '""')}".combined_metrics`);
    expect(count).toEqual([{ n: 1 }]);
  });

  it('refuses a store of a newer Podwatt and leaves it as it is', async () => {
    await (await openPostgresResults(settings)).close();
    await admin("INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'from the future', now())");
    const before = await admin('SELECT * FROM schema_migrations ORDER BY version');
    expect(await failureCodeOf(openPostgresResults(settings))).toBe('store');
    expect(await admin('SELECT * FROM schema_migrations ORDER BY version')).toEqual(before);
    expect(await testPostgres(settings)).toMatchObject({ isOk: false, schema: 'newer' });
  });

  it("refuses a schema that is another program's", async () => {
    await admin(`CREATE SCHEMA ${settings.schema}`);
    await admin('CREATE TABLE schema_migrations (version text, dirty boolean)');
    expect(await failureCodeOf(openPostgresResults(settings))).toBe('store');
    expect((await testPostgres(settings)).problem?.message).toContain('another program');
    expect(await admin(`SELECT tablename FROM pg_tables WHERE schemaname = '${settings.schema}'`)).toHaveLength(1);
  });

  it('finishes what a start left half done, step by step', async () => {
    await withClient(settings, (client) => migratePostgres(client, settings.schema, MIGRATIONS.slice(0, 1)));
    expect(await testPostgres(settings)).toMatchObject({ isOk: true, schema: 'older' });
    await (await openPostgresResults(settings)).close();
    expect(await testPostgres(settings)).toMatchObject({ isOk: true, schema: 'current' });
  });

  it('undoes a step that failed, and all before it', async () => {
    const broken = {
      version: 2,
      name: 'broken',
      statements: ['CREATE TABLE half (a int)', 'CREATE TABLE half (b int)'],
    };
    const steps = [...MIGRATIONS.slice(0, 1), broken];
    await expect(withClient(settings, (client) => migratePostgres(client, settings.schema, steps))).rejects.toThrow(
      'half',
    );
    expect(await testPostgres(settings)).toMatchObject({ schema: 'new' });
    expect(await admin(`SELECT 1 FROM pg_namespace WHERE nspname = '${settings.schema}'`)).toEqual([]);
  });

  it('takes back the steps that can be taken back, and no other', async () => {
    const extra = {
      version: 9001,
      name: 'extra',
      statements: ['CREATE TABLE extra (a int)'],
      down: ['DROP TABLE extra'],
    };
    const steps = [...MIGRATIONS, extra];
    const below = MIGRATIONS.at(-1)?.version ?? 0;
    await withClient(settings, async (client) => {
      await migratePostgres(client, settings.schema, steps);
      await migrateDown(client, settings.schema, below, steps);
      await expect(migrateDown(client, settings.schema, 0, steps)).rejects.toThrow("can't be taken back");
    });
    expect(await testPostgres(settings)).toMatchObject({ schema: 'current' });
    expect(await admin("SELECT to_regclass('extra') AS extra, to_regclass('combined_metrics')::text AS kept")).toEqual([
      { extra: null, kept: 'combined_metrics' },
    ]);
  });

  it('tests a connection without changing anything', async () => {
    const test = await testPostgres(settings);
    expect(test).toMatchObject({ isOk: true, schema: 'new', missingRights: [], isReadOnly: false, problem: null });
    expect(test.serverVersion).toMatch(/^PostgreSQL \d+\.\d+/);
    expect(test.latencyMilliseconds).toBeGreaterThan(0);
    expect(await admin(`SELECT 1 FROM pg_namespace WHERE nspname = '${settings.schema}'`)).toEqual([]);
  });

  it('says which right is missing to make it', async () => {
    await admin(`CREATE SCHEMA ${settings.schema}`);
    await admin(`GRANT USAGE ON SCHEMA ${settings.schema} TO ${role}`);
    const test = await testPostgres(asRole());
    expect(test).toMatchObject({ isOk: false, schema: 'new', missingRights: [`CREATE on schema ${settings.schema}`] });
    expect(test.problem?.hint).toContain('CREATE on schema');
    expect(await failureCodeOf(openPostgresResults(asRole()))).toBe('forbidden');
    const elsewhere = { ...asRole(), schema: `${settings.schema}_b` };
    expect((await testPostgres(elsewhere)).missingRights).toEqual(['CREATE on database postgres']);
    expect(await failureCodeOf(openPostgresResults(elsewhere))).toBe('forbidden');
  });

  describe('for a user who may only read', () => {
    beforeEach(async () => {
      const store = await openPostgresResults(settings);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
      expect((await store.info()).isReadOnly).toBe(false);
      await store.close();
      await admin(`GRANT USAGE ON SCHEMA ${settings.schema} TO ${role}`);
    });

    it('opens, answers and refuses to write', async () => {
      await admin(`GRANT SELECT ON ALL TABLES IN SCHEMA ${settings.schema} TO ${role}`);
      const store = await openPostgresResults(asRole());
      const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 3600 };
      expect((await store.info()).isReadOnly).toBe(true);
      expect((await store.totals({ clusterIds: [] }, range)).podCount).toBe(1);
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR + 300, [sampleRow()]), 1))).toBe(
        'forbidden',
      );
      expect((await store.totals({ clusterIds: [] }, range)).podCount).toBe(1);
      await store.close();
      const test = await testPostgres(asRole());
      expect(test).toMatchObject({ isOk: true, schema: 'current', isReadOnly: true, problem: null });
      expect(test.missingRights).toEqual(
        expect.arrayContaining([
          'INSERT on combined_metrics',
          'DELETE on collection_runs',
          'ownership of combined_metrics',
        ]),
      );
    });

    it('says so where even reading is not granted', async () => {
      expect(await failureCodeOf(openPostgresResults(asRole()))).toBe('forbidden');
      const test = await testPostgres(asRole());
      expect(test).toMatchObject({ isOk: false, schema: null, isReadOnly: false });
      expect(test.missingRights).toContain('SELECT on combined_metrics');
    });
  });
});
