import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, type SettingsInput } from '../../../src/server/settings/load-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = (options: SettingsInput['options'] = {}, env: Record<string, string> = {}) =>
  loadSettings({ options, env: { PODWATT_CONFIG: join(folder, 'config.yaml'), ...env }, workingDir: folder });
const config = (text: string) => writeFileSync(join(folder, 'config.yaml'), text);
const refusal = (found: Promise<unknown>) =>
  found.then(
    () => 'accepted',
    (error: Error & { hint?: string | null }) => [error.message, error.hint ?? ''].join(' | '),
  );

describe('settings', () => {
  it('has defaults', async () => {
    expect(await load()).toMatchObject({
      host: '127.0.0.1',
      port: 8700,
      isDataDirChosen: false,
      kubeconfigFiles: [],
      contexts: [],
      prometheusUrls: {},
      intervalSeconds: 300,
      backfill: '7d',
      backfillSeconds: 604_800,
      isAuthOn: true,
      opensBrowser: false,
      requestsPerSecond: 50,
      logLevel: null,
    });
  });

  it.each([
    ['0', null],
    ['1', 1],
    ['10000', 10_000],
  ])('takes %s requests a second for a limit', async (text, expected) => {
    expect((await load({}, { PODWATT_RATE_LIMIT: text })).requestsPerSecond).toBe(expected);
    config(`rate_limit: ${text}\n`);
    expect((await load()).requestsPerSecond).toBe(expected);
  });

  it.each(['-1', '10001', '2.5', 'many'])('refuses %s requests a second', async (text) => {
    expect(await refusal(load({}, { PODWATT_RATE_LIMIT: text }))).toContain(
      'PODWATT_RATE_LIMIT takes requests a second',
    );
  });

  it('takes options before variables before the file', async () => {
    config('port: 1001\nhost: localhost\ninterval: 1m\n');
    expect(await load()).toMatchObject({ port: 1001, host: 'localhost', intervalSeconds: 60 });
    expect(await load({}, { PODWATT_PORT: '1002' })).toMatchObject({ port: 1002, host: 'localhost' });
    expect(await load({ port: '1003' }, { PODWATT_PORT: '1002' })).toMatchObject({ port: 1003, host: 'localhost' });
  });

  it('reads lists, relative paths and switches from everywhere', async () => {
    expect(await load({ kubeconfig: ['a', '/b'], context: ['x', 'x', 'y'] })).toMatchObject({
      kubeconfigFiles: [join(folder, 'a'), '/b'],
      contexts: ['x', 'y'],
    });
    expect(await load({}, { PODWATT_KUBECONFIG: 'a:b', PODWATT_CONTEXT: 'x, y', PODWATT_AUTH: 'false' })).toMatchObject(
      {
        kubeconfigFiles: [join(folder, 'a'), join(folder, 'b')],
        contexts: ['x', 'y'],
        isAuthOn: false,
      },
    );
    config('kubeconfig: one\ncontext: [x]\nauth: false\ndata_dir: mine\n');
    expect(await load()).toMatchObject({
      kubeconfigFiles: [join(folder, 'one')],
      contexts: ['x'],
      dataDir: join(folder, 'mine'),
      isDataDirChosen: true,
    });
  });

  it('knows nothing of empty variables and an absent or empty file', async () => {
    config('');
    expect(await load({}, { PODWATT_PORT: ' ', PODWATT_CONTEXT: '' })).toMatchObject({ port: 8700, contexts: [] });
  });

  it.each<[SettingsInput['options'], string]>([
    [{ port: '70000' }, '--port takes a port from 0 to 65535'],
    [{ port: 'web' }, '--port takes a port'],
    [{ port: '-1' }, '--port takes a port'],
    [{ interval: '5' }, '--interval takes a number and s, m or h'],
    [{ interval: '1s' }, '--interval takes 30s at least'],
    [{ interval: '48h' }, '--interval takes 30s at least and 24h at most'],
    [{ backfill: '7 days' }, '--backfill takes a number and h, d or w'],
    [{ data_dir: ' ' }, '--data-dir must not be empty'],
    [{ prometheus: ['localhost:9090'], context: ['x'] }, '--prometheus takes an http or https address'],
    [{ prometheus: ['ftp://x'], context: ['x'] }, '--prometheus takes an http or https address'],
  ])('refuses %j', async (options, text) => {
    expect(await refusal(load(options))).toContain(text);
  });

  it('names the variable or the file that is wrong', async () => {
    expect(await refusal(load({}, { PODWATT_PORT: 'x' }))).toContain('PODWATT_PORT takes a port');
    config('interval: often\n');
    expect(await refusal(load())).toContain(`interval in ${join(folder, 'config.yaml')} takes a number`);
    config('prot: 1\n');
    expect(await refusal(load())).toMatch(/prot in .* is no setting \| Settings are host, port/);
    config('a: [\n');
    expect(await refusal(load())).toMatch(/config\.yaml is not valid YAML at line \d/);
    config('- a\n');
    expect(await refusal(load())).toContain('must hold settings');
  });

  it('gives each Prometheus to its context', async () => {
    const arn = 'arn:aws:eks:eu-west-3:1:cluster/a=b';
    expect((await load({ context: ['x'], prometheus: ['http://p:9090'] })).prometheusUrls).toEqual({
      x: 'http://p:9090',
    });
    expect((await load({ prometheus: [`${arn}=https://p/?a=b`, 'y=http://q'] })).prometheusUrls).toEqual({
      [arn]: 'https://p/?a=b',
      y: 'http://q',
    });
    expect((await load({}, { PODWATT_PROMETHEUS: 'x=http://p y=http://q' })).prometheusUrls).toEqual({
      x: 'http://p',
      y: 'http://q',
    });
    config('prometheus:\n  x: http://p\n');
    expect((await load()).prometheusUrls).toEqual({ x: 'http://p' });
  });

  it.each([[[]], [['x', 'y']]])('refuses a Prometheus without a name for contexts %j', async (context) => {
    const given = context.length > 0 ? { context } : {};
    expect(await refusal(load({ ...given, prometheus: ['http://p'] }))).toMatch(
      /exactly one --context \| Write --prometheus NAME=URL/,
    );
  });
});

describe('the store', () => {
  const storeOf = async (options: SettingsInput['options'] = {}, env: Record<string, string> = {}) =>
    (await load(options, env)).store?.settings;

  it('is nobody’s choice where nothing names one', async () => {
    expect((await load()).store).toBeNull();
    expect((await load({}, { PODWATT_STORE: ' ', PODWATT_STORE_PASSWORD: 'x' })).store).toBeNull();
  });

  it('comes from the option before the variable before the file', async () => {
    config('store: sqlite:c.sqlite\n');
    expect(await storeOf()).toEqual({ kind: 'sqlite', file: join(folder, 'c.sqlite') });
    expect(await storeOf({}, { PODWATT_STORE: 'sqlite:/b.sqlite' })).toEqual({ kind: 'sqlite', file: '/b.sqlite' });
    expect(await storeOf({ store: 'sqlite:/a.sqlite' }, { PODWATT_STORE: 'bad' })).toEqual({
      kind: 'sqlite',
      file: '/a.sqlite',
    });
  });

  it('reads the certificate that its address names', async () => {
    writeFileSync(join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n');
    expect(await storeOf({ store: 'postgres://h/d?sslmode=verify-ca&sslrootcert=ca.pem' })).toMatchObject({
      certificateAuthority: expect.stringContaining('BEGIN CERTIFICATE'),
    });
    expect(await refusal(load({ store: 'postgres://h/d?sslrootcert=none.pem' }))).toContain('(ENOENT)');
  });

  it('is refused with the line that holds it, and without its secrets', async () => {
    config('store: "postgres://me:hunter2@h"\n');
    const said = await refusal(load());
    expect(said).toContain(`store in ${join(folder, 'config.yaml')} names no database`);
    expect(said).not.toContain('hunter2');
    config('store: [a]\n');
    expect(await refusal(load())).toContain('takes text');
  });
});

describe('outside sources', () => {
  it('are as the app has them where nothing is said', async () => {
    expect((await load()).outside).toEqual({ sources: {}, gridAddresses: {}, kubeconfigConsent: 'refused' });
    expect((await load({}, { PODWATT_ELECTRICITY_MAPS_KEY: ' ', PODWATT_OFFLINE: '' })).outside.sources).toEqual({});
  });

  it('take offline mode from a variable or the file, and a key from a variable', async () => {
    config('offline: true\n');
    expect((await load()).outside.sources).toEqual({ offline: true });
    const env = { PODWATT_OFFLINE: '0', PODWATT_ELECTRICITY_MAPS_KEY: ' em-key ' };
    expect((await load({}, env)).outside.sources).toEqual({ offline: false, electricityMapsKey: 'em-key' });
    expect((await load({}, { PODWATT_OFFLINE: '1' })).outside.sources).toEqual({ offline: true });
    expect(await refusal(load({}, { PODWATT_OFFLINE: 'perhaps' }))).toContain('PODWATT_OFFLINE takes true or false');
    config('electricity_maps_key: em-key\n');
    expect(await refusal(load())).toContain('is no setting');
  });

  it('take addresses without credentials', async () => {
    const env = {
      PODWATT_BOAVIZTA_URL: 'https://boavizta.example',
      PODWATT_ELECTRICITY_MAPS_URL: 'http://gateway.example/maps',
      PODWATT_GB_CARBON_INTENSITY_URL: 'http://gateway.example/gb',
    };
    expect((await load({}, env)).outside).toEqual({
      kubeconfigConsent: 'refused',
      sources: { boaviztaUrl: 'https://boavizta.example' },
      gridAddresses: {
        electricityMaps: 'http://gateway.example/maps',
        gbCarbonIntensity: 'http://gateway.example/gb',
      },
    });
    for (const url of ['gateway', 'ftp://gateway', 'https://me:hunter2@gateway']) {
      const said = await refusal(load({}, { PODWATT_ELECTRICITY_MAPS_URL: url }));
      expect(said).toContain('PODWATT_ELECTRICITY_MAPS_URL takes an http or https address');
      expect(said).not.toContain('hunter2');
    }
  });

  it('take rules for grid zones from the file', async () => {
    config(`zone_rules:
  - { provider: hetzner, region: hel1, zone: FI }
  - { label: pool=north, zone: NO-NO2 }
  - { label: example.com/rack, zone: SE-SE3 }
`);
    expect((await load()).outside.zoneRules).toEqual([
      { provider: 'hetzner', region: 'hel1', label: null, zone: 'FI' },
      { provider: null, region: null, label: { name: 'pool', value: 'north' }, zone: 'NO-NO2' },
      { provider: null, region: null, label: { name: 'example.com/rack', value: null }, zone: 'SE-SE3' },
    ]);
  });

  it.each([
    ['a zone alone', '- { zone: FR }'],
    ['no zone', '- { region: hel1 }'],
    ['a zone that is no key', '- { region: hel1, zone: Finland }'],
    ['another word', '- { region: hel1, zone: FI, pool: a }'],
    ['no list', '{ zone: FI }'],
  ])('refuse %s as a rule, with the form that works', async (_, rules) => {
    config(`zone_rules:\n  ${rules}\n`);
    expect(await refusal(load())).toMatch(/zone_rules in .* takes a list of rules, each with zone/);
  });

  it('refuse a rule for a provider that is none', async () => {
    config('zone_rules:\n  - { provider: amazon, zone: FR }\n');
    expect(await refusal(load())).toMatch(/zone_rules in .* takes as provider one of aws, gcp/);
  });

  it('refuse a key of two words without showing it', async () => {
    const said = await refusal(load({}, { PODWATT_ELECTRICITY_MAPS_KEY: 'secret words' }));
    expect(said).toContain('PODWATT_ELECTRICITY_MAPS_KEY must be one word');
    expect(said).not.toContain('secret');
  });
});
