import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreAddressDeps } from '../../../../src/backend/store/address-deps.ts';
import { describeStore, parseStoreAddress } from '../../../../src/backend/store/store-address.ts';
import type { Failure } from '../../../../src/model/failure.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';
const deps: StoreAddressDeps = {
  workingDir: '/home/me',
  readFile: async (path) => {
    if (path === '/etc/ca.pem' || path === '/home/me/ca.pem') return PEM;
    if (path === '/etc/motd') return 'Welcome';
    throw Object.assign(new Error(`ENOENT ${path}`), { code: 'ENOENT' });
  },
};
const parse = (url: string, more: Partial<StoreAddressDeps> = {}) => parseStoreAddress(url, { ...deps, ...more });
const refusal = (url: string, more: Partial<StoreAddressDeps> = {}): Promise<string> =>
  parse(url, more).then(
    () => 'accepted',
    (error: Failure) => `${error.code}: ${error.message} | ${error.hint}`,
  );

describe('addresses of SQLite', () => {
  it.each([
    ['sqlite:///var/lib/podwatt.sqlite', '/var/lib/podwatt.sqlite'],
    ['SQLITE:///a%20b/c%3Fd.sqlite', '/a b/c?d.sqlite'],
    ['sqlite:mine.sqlite', '/home/me/mine.sqlite'],
    ['sqlite:../other/mine.sqlite', '/home/other/mine.sqlite'],
    ['  sqlite:/one/slash.sqlite\n', '/one/slash.sqlite'],
  ])('%s is %s', async (url, file) => {
    expect(await parse(url)).toEqual({ kind: 'sqlite', file });
  });

  it.each([
    ['sqlite://relative/x.sqlite', 'two slashes'],
    ['sqlite:', 'names no file'],
    ['sqlite:///', 'names no file'],
    ['sqlite:///folder/', 'names no file'],
    ['sqlite:///a?b=c', 'has a ? or #'],
    ['sqlite:///a%zz', 'has a % in its path'],
  ])('%s is refused', async (url, why) => {
    expect(await refusal(url)).toContain(why);
    expect(await refusal(url)).toMatch(/^bad-input: .*sqlite:\/\/\/path/);
  });

  it('takes no relative path where there is no folder to start from', async () => {
    expect(await parseStoreAddress('sqlite:x.db', { readFile: deps.readFile }).catch(String)).toContain(
      'relative path',
    );
  });
});

describe('addresses of PostgreSQL', () => {
  it('has defaults', async () => {
    expect(await parse('postgres://db.example/podwatt')).toEqual({
      kind: 'postgres',
      host: 'db.example',
      port: 5432,
      database: 'podwatt',
      user: null,
      password: null,
      schema: 'public',
      sslMode: 'prefer',
      certificateAuthority: null,
      statementTimeoutMilliseconds: 30_000,
      poolSize: 10,
    });
  });

  it('takes everything that can be set', async () => {
    const url =
      'postgresql://me%40corp:p%3A%2F%3F%23%40@[::1]:6543/team%20db?schema=carbon&sslmode=verify-full&sslrootcert=/etc/ca.pem&statement_timeout=2m&pool_size=4';
    expect(await parse(url)).toEqual({
      kind: 'postgres',
      host: '::1',
      port: 6543,
      database: 'team db',
      user: 'me@corp',
      password: 'p:/?#@',
      schema: 'carbon',
      sslMode: 'verify-full',
      certificateAuthority: PEM,
      statementTimeoutMilliseconds: 120_000,
      poolSize: 4,
    });
  });

  it('takes the password from outside where the address has none', async () => {
    const secrets = { password: 'outside' };
    expect(await parse('postgres://me@h/d', { secrets })).toMatchObject({ password: 'outside' });
    expect(await parse('postgres://me:inside@h/d', { secrets })).toMatchObject({ password: 'inside' });
  });

  it.each([
    ['postgres://h', 'names no database'],
    ['postgres:///d', 'names no host'],
    ['postgres:h/d', 'has no //'],
    ['postgres://h:0/d', 'no port from 1 to 65535'],
    ['postgres://h:99999/d', 'no port from 1 to 65535'],
    ['postgres://h:x/d', 'no port from 1 to 65535'],
    ['postgres://h ost/d', 'has a host that is none'],
    ['postgres://h/d?sslmode=maybe', 'sslmode takes disable, prefer'],
    ['postgres://h/d?schema=pg_catalog', 'schema takes a name'],
    ['postgres://h/d?schema=a;b', 'schema takes a name'],
    ['postgres://h/d?statement_timeout=30', 'statement_timeout takes a number and ms, s or m'],
    ['postgres://h/d?statement_timeout=0s', 'statement_timeout takes 100ms at least'],
    ['postgres://h/d?pool_size=1', 'pool_size takes a whole number from 2 to 100'],
    ['postgres://h/d?sslcert=x', 'unknown parameter sslcert; known are schema, sslmode'],
    ['postgres://h/d?schema=a&schema=b', 'gives schema twice'],
    ['postgres://h/d?schema', 'not written name=value'],
    ['postgres://h/d?sslmode=disable&sslrootcert=/etc/ca.pem', 'sslrootcert with sslmode=disable'],
    ['postgres://h/d?sslrootcert=/etc/none.pem', "can't be read (ENOENT): /etc/none.pem"],
    ['postgres://h/d?sslrootcert=/etc/motd', 'holds no certificate: /etc/motd'],
    ['postgres://h/d?sslrootcert=', 'sslrootcert takes the path'],
  ])('%s is refused', async (url, why) => {
    expect(await refusal(url)).toContain(why);
    expect(await refusal(url)).toMatch(/^bad-input: .*Write /);
  });
});

describe('addresses of Elasticsearch', () => {
  it('has defaults', async () => {
    expect(await parse('elasticsearch+http://localhost')).toEqual({
      kind: 'elasticsearch',
      url: 'http://localhost:9200',
      auth: { kind: 'none' },
      indexPrefix: 'podwatt',
      shards: 1,
      replicas: 1,
      verifyCertificates: true,
      certificateAuthority: null,
      requestTimeoutMilliseconds: 30_000,
    });
  });

  it('takes everything that can be set, and a port that a browser would leave out', async () => {
    const url =
      'elasticsearch+https://me:s%23cret@es.example:443/behind/proxy/?index_prefix=team-1&shards=3&replicas=0&verify_certs=false&ca=ca.pem&request_timeout=500ms';
    expect(await parse(url)).toEqual({
      kind: 'elasticsearch',
      url: 'https://es.example:443/behind/proxy',
      auth: { kind: 'basic', username: 'me', password: 's#cret' },
      indexPrefix: 'team-1',
      shards: 3,
      replicas: 0,
      verifyCertificates: false,
      certificateAuthority: PEM,
      requestTimeoutMilliseconds: 500,
    });
  });

  it.each<[string, object, object]>([
    ['elasticsearch+https://h?api_key=abc%3D%3D', {}, { kind: 'api-key', key: 'abc==' }],
    ['elasticsearch+https://h', { apiKey: 'k' }, { kind: 'api-key', key: 'k' }],
    ['elasticsearch+https://me@h', { password: 'p', apiKey: 'k' }, { kind: 'basic', username: 'me', password: 'p' }],
    ['elasticsearch+https://h', { password: 'p' }, { kind: 'none' }],
  ])('%s with %j signs in by %j', async (url, secrets, auth) => {
    expect(await parse(url, { secrets })).toMatchObject({ auth });
  });

  it.each([
    ['elasticsearch+https://me@h', 'a user without a password (PODWATT_STORE_PASSWORD'],
    ['elasticsearch+https://:p@h', 'a password without a user'],
    ['elasticsearch+https://me:p@h?api_key=k', 'both a user and api_key'],
    ['elasticsearch+http://h?ca=/etc/ca.pem', 'elasticsearch+https:// only'],
    ['elasticsearch+http://h?verify_certs=false', 'elasticsearch+https:// only'],
    ['elasticsearch+https://h?verify_certs=no', 'verify_certs takes true or false'],
    ['elasticsearch+https://h?index_prefix=Team', 'index_prefix takes lower-case'],
    ['elasticsearch+https://h?index_prefix=a-', 'index_prefix takes lower-case'],
    ['elasticsearch+https://h?shards=0', 'shards takes a whole number from 1'],
    ['elasticsearch+https://h?replicas=-1', 'replicas takes a whole number from 0'],
    ['elasticsearch://h', 'no kind of store'],
    ['mysql://me:secret@h/d', 'no kind of store'],
    ['/var/lib/podwatt.sqlite', 'no kind of store'],
    ['', 'no kind of store'],
  ])('%s is refused', async (url, why) => {
    expect(await refusal(url)).toContain(why);
  });
});

describe('secrets', () => {
  const secret = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((text) => text.isWellFormed());

  it('of any characters survive encoding', async () => {
    await fc.assert(
      fc.asyncProperty(secret, secret, async (user, password) => {
        const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        expect(await parse(`postgres://${who}@h:1/d?schema=s`)).toMatchObject({ user, password, host: 'h', port: 1 });
        expect(await parse(`elasticsearch+https://${who}@h`)).toMatchObject({
          auth: { kind: 'basic', username: user, password },
        });
      }),
    );
  });

  it('never come out: not described, and not in a refusal, encoded or not', async () => {
    const odd = fc.stringMatching(/^[A-Z0-9:/?#@%&=!$]{4,20}$/).map((text) => `Zq${text}Zq`);
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom('postgres', 'elasticsearch+https', 'mysql'), async (password, scheme) => {
        for (const url of [
          `${scheme}://someone:${password}@h/d`,
          `${scheme}://someone:${encodeURIComponent(password)}@h/d?bad=1`,
          `${scheme}://someone:${password}@h:x/d`,
        ]) {
          const said = await parse(url).then(describeStore, (error: Failure) => `${error.message} ${error.hint}`);
          expect(said).not.toContain('Zq');
          expect(said).not.toContain('someone');
        }
      }),
    );
  });

  it('describes where a store is', async () => {
    expect(describeStore(await parse('sqlite:///x.sqlite'))).toBe('/x.sqlite');
    expect(describeStore(await parse('postgres://u:p@[::1]/d?schema=s'))).toBe('postgres://[::1]:5432/d (schema s)');
    expect(describeStore(await parse('elasticsearch+https://u:p@h?index_prefix=a'))).toBe(
      'https://h:9200 (indices a-*)',
    );
  });

  it('names what holds the address', async () => {
    expect(await refusal('postgres://h', { subject: 'PODWATT_STORE' })).toMatch(/^bad-input: PODWATT_STORE names no/);
  });
});
