import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStoreAddress } from '../../../../src/backend/store/store-address.ts';
import { addressOf, shownAddressOf } from '../../../../src/renderer/features/settings/storage/store-address.ts';
import {
  type ElasticsearchDraft,
  EMPTY_DRAFT,
  type PostgresDraft,
  type StoreDraft,
} from '../../../../src/renderer/features/settings/storage/store-draft.ts';
import { problemsOf } from '../../../../src/renderer/features/settings/storage/store-draft-problems.ts';

const postgres = (more: Partial<PostgresDraft> = {}): StoreDraft => ({
  ...EMPTY_DRAFT,
  kind: 'postgres',
  postgres: { ...EMPTY_DRAFT.postgres, host: 'db.example.com', ...more },
});
const elasticsearch = (more: Partial<ElasticsearchDraft> = {}): StoreDraft => ({
  ...EMPTY_DRAFT,
  kind: 'elasticsearch',
  elasticsearch: {
    ...EMPTY_DRAFT.elasticsearch,
    url: 'https://search.example.com:9200',
    user: 'elastic',
    password: 'secret',
    ...more,
  },
});
const sqlite = (file: string): StoreDraft => ({ ...EMPTY_DRAFT, kind: 'sqlite', sqlite: { file } });
const PEM = '-----BEGIN CERTIFICATE-----';
/** What the backend makes of an address. */
const read = (address: string) => parseStoreAddress(address, { readFile: async () => PEM });

describe('the address that the fields build', () => {
  it('is that of a PostgreSQL, with schema and TLS mode', () => {
    expect(addressOf(postgres({ password: 'pw' }))).toBe(
      'postgres://podwatt:pw@db.example.com:5432/podwatt?schema=public&sslmode=prefer',
    );
  });

  it('leaves out what was left empty', () => {
    expect(addressOf(postgres({ user: '', password: 'x' }))).toContain('postgres://db.example.com');
    expect(addressOf(postgres({ password: '' }))).toContain('postgres://podwatt@db');
  });

  it('puts an IPv6 host in brackets, once', () => {
    expect(addressOf(postgres({ host: '::1' }))).toContain('@[::1]:5432/');
    expect(addressOf(postgres({ host: '[::1]' }))).toContain('@[::1]:5432/');
  });

  it('names an authority only where there is encryption', () => {
    expect(addressOf(postgres({ tls: 'verify-full', authority: '/etc/ca.pem' }))).toContain('&sslrootcert=/etc/ca.pem');
    expect(addressOf(postgres({ tls: 'disable', authority: '/etc/ca.pem' }))).not.toContain('sslrootcert');
  });

  it('is that of an Elasticsearch, by user or by key', () => {
    expect(addressOf(elasticsearch())).toBe(
      'elasticsearch+https://elastic:secret@search.example.com:9200?index_prefix=podwatt&shards=1&replicas=1&verify_certs=true',
    );
    const byKey = addressOf(elasticsearch({ auth: 'api-key', apiKey: 'a2V5==', verify: false }));
    expect(byKey).toContain('elasticsearch+https://search.example.com:9200?');
    expect(byKey).toContain('verify_certs=false');
    expect(byKey).toContain('api_key=a2V5%3D%3D');
    expect(addressOf(elasticsearch({ auth: 'none' }))).not.toContain('secret');
  });

  it('says nothing of certificates without encryption', () => {
    const plain = addressOf(elasticsearch({ url: 'http://localhost:9200/', authority: '/etc/ca.pem' }));
    expect(plain).toContain('elasticsearch+http://elastic:secret@localhost:9200?');
    expect(plain).not.toContain('verify_certs');
    expect(plain).not.toContain('ca=');
  });

  it('is that of a file, on Windows too', () => {
    expect(addressOf(sqlite('/data/pod watt.sqlite'))).toBe('sqlite:///data/pod%20watt.sqlite');
    expect(addressOf(sqlite('C:\\data\\podwatt.sqlite'))).toBe('sqlite:///C:/data/podwatt.sqlite');
  });

  it('is what was typed, where it was typed in one piece', () => {
    expect(addressOf({ ...EMPTY_DRAFT, by: 'address', address: ' postgres://h/d ' })).toBe('postgres://h/d');
  });

  it('hides every secret on screen', () => {
    for (const draft of [
      postgres({ password: 'geheim' }),
      elasticsearch({ password: 'geheim' }),
      elasticsearch({ auth: 'api-key', apiKey: 'geheim' }),
    ]) {
      expect(shownAddressOf(draft)).not.toContain('geheim');
      expect(shownAddressOf(draft)).toContain('•••');
    }
    expect(shownAddressOf(postgres())).not.toContain('•••');
  });
});

describe('the backend reads from it what was typed', () => {
  it('for a PostgreSQL with any user and password', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text),
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text),
        async (user, password, database) => {
          const draft = postgres({ user, password, database, port: '6543', schema: 'carbon', tls: 'require' });
          expect(problemsOf(draft)).toEqual({});
          expect(await read(addressOf(draft))).toMatchObject({
            kind: 'postgres',
            host: 'db.example.com',
            port: 6543,
            user,
            password,
            database,
            schema: 'carbon',
            sslMode: 'require',
          });
        },
      ),
    );
  });

  it('for an Elasticsearch', async () => {
    const draft = elasticsearch({ user: 'a@b', password: 'p:/?#%', shards: '3', replicas: '0', prefix: 'green' });
    expect(await read(addressOf(draft))).toMatchObject({
      url: 'https://search.example.com:9200',
      auth: { kind: 'basic', username: 'a@b', password: 'p:/?#%' },
      shards: 3,
      replicas: 0,
      indexPrefix: 'green',
      verifyCertificates: true,
    });
    const byKey = await read(
      addressOf(elasticsearch({ auth: 'api-key', apiKey: 'VnVh+/w==', authority: '/a b/ca.pem' })),
    );
    expect(byKey).toMatchObject({ auth: { kind: 'api-key', key: 'VnVh+/w==' }, certificateAuthority: PEM });
  });

  it('for a file', async () => {
    expect(await read(addressOf(sqlite('/data/a?b#c%.sqlite')))).toEqual({
      kind: 'sqlite',
      file: '/data/a?b#c%.sqlite',
    });
  });
});

describe('what can not be tried', () => {
  const fieldsOf = (draft: StoreDraft) => Object.keys(problemsOf(draft)).sort();

  it('is named by field', () => {
    expect(fieldsOf(postgres())).toEqual([]);
    expect(fieldsOf(postgres({ host: '' }))).toEqual(['host']);
    expect(fieldsOf(postgres({ host: 'db:5432' }))).toEqual(['host']);
    expect(fieldsOf(postgres({ port: '0' }))).toEqual(['port']);
    expect(fieldsOf(postgres({ port: '65536' }))).toEqual(['port']);
    expect(fieldsOf(postgres({ database: ' ' }))).toEqual(['database']);
    expect(fieldsOf(postgres({ schema: 'pg_x' }))).toEqual(['schema']);
    expect(fieldsOf(elasticsearch())).toEqual([]);
    expect(fieldsOf(elasticsearch({ url: 'search.example.com' }))).toEqual(['url']);
    expect(fieldsOf(elasticsearch({ url: 'https://a:b@search.example.com' }))).toEqual(['url']);
    expect(fieldsOf(elasticsearch({ user: '', password: '' }))).toEqual(['password', 'user']);
    expect(fieldsOf(elasticsearch({ auth: 'api-key' }))).toEqual(['apiKey']);
    expect(fieldsOf(elasticsearch({ auth: 'none', user: '', password: '' }))).toEqual([]);
    expect(fieldsOf(elasticsearch({ prefix: 'Podwatt' }))).toEqual(['prefix']);
    expect(fieldsOf(elasticsearch({ shards: '0', replicas: '11' }))).toEqual(['replicas', 'shards']);
    expect(fieldsOf(sqlite('podwatt.sqlite'))).toEqual(['file']);
    expect(fieldsOf(sqlite('/data/'))).toEqual(['file']);
    expect(fieldsOf(sqlite('/data/podwatt.sqlite'))).toEqual([]);
  });

  it('is an address of another kind', () => {
    const typed = (address: string): StoreDraft => ({ ...EMPTY_DRAFT, by: 'address', address });
    expect(fieldsOf(typed('mysql://h/d'))).toEqual(['address']);
    expect(fieldsOf(typed(''))).toEqual(['address']);
    expect(fieldsOf(typed('elasticsearch+https://h'))).toEqual([]);
    expect(fieldsOf(typed('postgresql://h/d'))).toEqual([]);
  });
});
