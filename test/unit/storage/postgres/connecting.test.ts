import { describe, expect, it, vi } from 'vitest';
import type { PostgresSettings } from '../../../../src/core/ports/store-settings.ts';
import { applySettings, clientConfigOf, sessionSettingsOf } from '../../../../src/storage/postgres/client-config.ts';
import { locationOf, serverVersionOf } from '../../../../src/storage/postgres/info.ts';
import { hasNoTls, isTlsFailure, tlsChoicesOf } from '../../../../src/storage/postgres/tls.ts';

const SETTINGS: PostgresSettings = {
  kind: 'postgres',
  host: 'db.example.org',
  port: 5433,
  database: 'metrics',
  user: 'podwatt',
  password: 'hush',
  schema: 'public',
  sslMode: 'verify-full',
  certificateAuthority: null,
  statementTimeoutMilliseconds: 30_000,
  poolSize: 4,
};

describe('clientConfigOf', () => {
  it('says who asks, where and how', () => {
    const config = clientConfigOf(SETTINGS, false);
    expect(config).toMatchObject({
      host: 'db.example.org',
      port: 5433,
      database: 'metrics',
      user: 'podwatt',
      password: 'hush',
      ssl: false,
      application_name: 'podwatt',
      keepAlive: true,
    });
  });

  it('leaves user and password to the environment where none is set', () => {
    const config = clientConfigOf({ ...SETTINGS, user: null, password: null }, false);
    expect(config.user).toBeUndefined();
    expect(config.password).toBeUndefined();
  });

  it('reads counts as numbers and leaves other types to the driver', () => {
    const { types } = clientConfigOf(SETTINGS, false);
    expect(types?.getTypeParser(20)('9007199254740991')).toBe(9_007_199_254_740_991);
    expect(types?.getTypeParser(701)('0.1')).toBe(0.1);
    expect(types?.getTypeParser(16)('t')).toBe(true);
    expect(types?.getTypeParser(25)('20')).toBe('20');
  });
});

describe('the settings of a session', () => {
  it('name the schema, quoted, and the longest time of a statement', async () => {
    const settings = sessionSettingsOf('my "own"', 1500);
    expect(settings).toMatchObject({ search_path: '"my ""own"""', statement_timeout: '1500', jit: 'off' });
    const query = vi.fn(async () => ({ rows: [] }));
    await applySettings({ query } as never, { a: '1', b: '2' });
    expect(query).toHaveBeenCalledWith('SELECT set_config($1, $2, false), set_config($3, $4, false)', [
      'a',
      '1',
      'b',
      '2',
    ]);
  });
});

describe('tlsChoicesOf', () => {
  const choices = (sslMode: PostgresSettings['sslMode'], certificateAuthority: string | null = null) =>
    tlsChoicesOf({ ...SETTINGS, sslMode, certificateAuthority });

  it('means what libpq means', () => {
    expect(choices('disable')).toEqual([false]);
    expect(choices('prefer')).toEqual([{ rejectUnauthorized: false }, false]);
    expect(choices('require')).toEqual([{ rejectUnauthorized: false }]);
    expect(choices('require', 'PEM')).toMatchObject([{ ca: 'PEM', rejectUnauthorized: true }]);
    expect(choices('verify-ca')).toMatchObject([{ rejectUnauthorized: true }]);
    expect(choices('verify-full', 'PEM')).toEqual([{ ca: 'PEM', rejectUnauthorized: true }]);
    const [anyName] = choices('verify-ca', 'PEM');
    expect(anyName === false ? null : anyName?.checkServerIdentity?.('other', {} as never)).toBeUndefined();
    expect(anyName).toHaveProperty('checkServerIdentity');
  });

  it('has none on a socket of this machine', () => {
    expect(tlsChoicesOf({ ...SETTINGS, host: '/var/run/postgresql' })).toEqual([false]);
  });

  it('tells a server without TLS from a certificate that is refused', () => {
    expect(hasNoTls(new Error('The server does not support SSL connections'))).toBe(true);
    expect(hasNoTls(new Error('self-signed certificate'))).toBe(false);
    expect(isTlsFailure(Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }))).toBe(true);
    expect(isTlsFailure(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe(false);
  });
});

describe('where and what a store is', () => {
  it('is told without credentials', () => {
    expect(locationOf(SETTINGS)).toBe('db.example.org:5433/metrics');
    expect(locationOf({ ...SETTINGS, schema: 'green' })).toBe('db.example.org:5433/metrics, schema green');
    expect(serverVersionOf('15.14 (Debian 15.14-0+deb12u1)')).toBe('PostgreSQL 15.14');
    expect(serverVersionOf('18.4')).toBe('PostgreSQL 18.4');
  });
});
