import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresResults, testPostgres } from '../../../src/storage/postgres/index.ts';
import { type RunningPostgres, startPostgres } from '../../services/postgres.ts';
import { serverAccount } from '../../services/postgres-binaries.ts';
import { selfSigned } from '../../services/self-signed.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { failureCodeOf } from './store-fixture.ts';

const OWN = selfSigned('127.0.0.1');
const OTHER = selfSigned('127.0.0.1');

describe.runIf(needs('postgres'))('TLS to PostgreSQL', () => {
  let folder = '';
  let server: RunningPostgres;
  let settings: PostgresSettings;

  async function write(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    const account = serverAccount();
    await writeFile(path, content, { mode: 0o600 });
    if (account !== null) await chown(path, account.uid, account.gid);
    return path;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-tls-'));
    const account = serverAccount();
    if (account !== null) await chown(folder, account.uid, account.gid);
    const certificate = await write('server.crt', OWN.certificate);
    const key = await write('server.key', OWN.privateKey);
    server = await startPostgres({ settings: ['ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`] });
    settings = postgresSettingsOf(server);
  });
  afterAll(async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function outcome(part: Partial<PostgresSettings>): Promise<string> {
    const test = await testPostgres({ ...settings, ...part });
    const code = await failureCodeOf(openPostgresResults({ ...settings, ...part }).then((store) => store.close()));
    expect(test.isOk).toBe(code === 'no failure');
    return code;
  }

  it.each([
    ['disable', null, 'no failure'],
    ['prefer', null, 'no failure'],
    ['require', null, 'no failure'],
    ['require', 'own', 'no failure'],
    ['require', 'other', 'tls'],
    ['verify-ca', null, 'tls'],
    ['verify-ca', 'own', 'no failure'],
    ['verify-ca', 'other', 'tls'],
    ['verify-full', null, 'tls'],
    ['verify-full', 'own', 'no failure'],
    ['verify-full', 'other', 'tls'],
  ] as const)('%s with %s authority: %s', async (sslMode, authority, expected) => {
    const certificateAuthority = { own: OWN.certificate, other: OTHER.certificate }[authority ?? 'own'];
    const given = authority === null ? null : certificateAuthority;
    expect(await outcome({ sslMode, certificateAuthority: given })).toBe(expected);
  });

  it('looks at the name only where it is told to', async () => {
    const elsewhere = { host: 'localhost', certificateAuthority: OWN.certificate };
    expect(await outcome({ ...elsewhere, sslMode: 'verify-ca' })).toBe('no failure');
    expect(await outcome({ ...elsewhere, sslMode: 'verify-full' })).toBe('tls');
    const test = await testPostgres({ ...settings, ...elsewhere, sslMode: 'verify-full' });
    expect(test.problem?.message).toContain('certificate');
    expect(test.problem?.hint).toContain('authority');
  });

  it('is in force for every connection of the pool', async () => {
    const store = await openPostgresResults({ ...settings, sslMode: 'prefer' });
    await Promise.all([store.info(), store.listLeases(), store.listClusters()]);
    const sessions = await withClient(settings, async (client) => {
      const { rows } = await client.query<{ ssl: boolean }>(
        "SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'podwatt'",
      );
      return rows;
    });
    expect(sessions.length).toBeGreaterThan(0);
    expect(sessions.every(({ ssl }) => ssl)).toBe(true);
    await store.close();
  });
});
