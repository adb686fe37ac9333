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
      logLevel: null,
    });
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
