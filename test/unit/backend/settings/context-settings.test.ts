import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectOptions } from '../../../../src/core/ports/cluster-source.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

/** A cluster that keeps how it was connected to. */
class WatchedCluster extends FakeCluster {
  readonly options: ConnectOptions[] = [];

  override async connect(_context?: string, options?: ConnectOptions) {
    if (options !== undefined) this.options.push(options);
    return super.connect();
  }
}

const open: TestBackend[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.backend.stop();
});
async function backend(...args: Parameters<typeof testBackend>): Promise<TestBackend> {
  const made = await testBackend(...args);
  open.push(made);
  return made;
}

const SECRETS = { prometheus_secret: 'hunter2', certificate_authority: 'PEM-TEXT', tenant_value: 'acme-inc' };
const WHOLE = {
  context: 'one',
  prometheus_url: 'https://prom.test/base',
  prometheus_auth: 'basic',
  prometheus_username: 'me',
  extra_matchers: 'cluster="prod"',
  tenant_header: 'X-Scope-OrgID',
  pue: 1.3,
  zone: 'DE',
  price_cpu_core_hour: 0.03,
  price_memory_gb_hour: 0.004,
  currency: 'EUR',
} as const;

describe('what a person set for a context', () => {
  test('is empty before, and nobody has to set anything', async () => {
    const { client } = await backend();
    expect(await client.contexts.settings({ context: 'one' })).toEqual({
      context: 'one',
      prometheus_url: null,
      prometheus_auth: 'none',
      prometheus_username: null,
      has_prometheus_secret: false,
      has_certificate_authority: false,
      extra_matchers: null,
      tenant_header: null,
      pue: null,
      zone: null,
      price_cpu_core_hour: null,
      price_memory_gb_hour: null,
      currency: null,
    });
  });

  test('comes back as it was given, secrets only as "there is one", also after a restart', async () => {
    const first = await backend();
    const answer = await first.client.contexts.updateSettings({ ...WHOLE, ...SECRETS });
    const expected = { ...WHOLE, has_prometheus_secret: true, has_certificate_authority: true };
    expect(answer).toEqual(expected);
    const second = await backend({ state: first.state });
    expect(await second.client.contexts.settings({ context: 'one' })).toEqual(expected);
  });

  test('reaches the connection with its secrets, and the command line wins over the address', async () => {
    const cluster = new WatchedCluster();
    const made = await backend({ clusters: [cluster] });
    await made.client.contexts.updateSettings({ ...WHOLE, ...SECRETS });
    await collectAll(made, 'one', '1h');
    expect(cluster.options.at(-1)?.prometheus).toEqual({
      url: 'https://prom.test/base',
      auth: { kind: 'basic', username: 'me', password: 'hunter2' },
      certificateAuthority: 'PEM-TEXT',
      extraMatchers: 'cluster="prod"',
      tenantHeader: { name: 'X-Scope-OrgID', value: 'acme-inc' },
    });
    const line = await backend({ state: made.state, clusters: [cluster], prometheusUrls: { one: 'http://line.test' } });
    await collectAll(line, 'one', '1h');
    expect(cluster.options.at(-1)?.prometheus).toMatchObject({
      url: 'http://line.test',
      tenantHeader: { value: 'acme-inc' },
    });
  });

  test('is in force with the next reading of a context that is switched on, by a new connection', async () => {
    const cluster = new WatchedCluster();
    const made = await backend({ clusters: [cluster], initialContexts: ['one'] });
    await made.backend.start();
    await settle(400);
    const before = cluster.options.length;
    expect(cluster.options.at(-1)?.prometheus.url).toBeNull();
    await made.client.contexts.updateSettings({ context: 'one', prometheus_url: 'http://new.test' });
    await settle(400);
    expect(cluster.options.length).toBe(before + 1);
    expect(cluster.options.at(-1)?.prometheus.url).toBe('http://new.test');
    expect(cluster.closed).toBe(cluster.connections - 1);
  });

  test('each secret goes by null alone; what is left out stays', async () => {
    const cluster = new WatchedCluster();
    const made = await backend({ clusters: [cluster] });
    await made.client.contexts.updateSettings({ ...WHOLE, ...SECRETS });
    await made.client.contexts.updateSettings({ context: 'one', pue: 1.5 });
    await made.client.contexts.updateSettings({ context: 'one', tenant_value: null, certificate_authority: null });
    await collectAll(made, 'one', '1h');
    expect(cluster.options.at(-1)?.prometheus).toMatchObject({
      auth: { kind: 'basic', password: 'hunter2' },
      certificateAuthority: null,
      tenantHeader: null,
    });
    expect(JSON.stringify([...made.state.values])).not.toMatch(/PEM-TEXT|acme-inc/);
    await made.client.contexts.updateSettings({ context: 'one', prometheus_secret: null });
    expect(JSON.stringify([...made.state.values])).not.toContain('hunter2');
  });

  test('belongs to that context alone', async () => {
    const made = await backend({ clusters: [new FakeCluster('one'), new FakeCluster('two')] });
    await made.client.contexts.updateSettings({ ...WHOLE, ...SECRETS });
    expect(await made.client.contexts.settings({ context: 'two' })).toMatchObject({
      pue: null,
      has_prometheus_secret: false,
    });
  });

  test('of a context that is not there is refused, and nothing is kept', async () => {
    const made = await backend();
    for (const context of ['nope', '__proto__', 'constructor']) {
      await expect(made.client.contexts.updateSettings({ context, pue: 1.2 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(made.client.contexts.settings({ context })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(made.state.values.has('context-settings')).toBe(false);
  });

  test('that is refused in one part changes no other part', async () => {
    const made = await backend();
    const refused = made.client.contexts.updateSettings({ context: 'one', pue: 1.7, prometheus_url: 'ftp://prom' });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await made.client.contexts.settings({ context: 'one' })).toMatchObject({ pue: null, prometheus_url: null });
  });

  test('a refusal of an address does not repeat the password in it', async () => {
    const made = await backend();
    const refused = made.client.contexts.updateSettings({ context: 'one', prometheus_url: 'https://me:hunter2@prom' });
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });

  test('is told to whoever follows the changes, without saying what', async () => {
    const made = await backend();
    const stop = new AbortController();
    const stream = await made.client.system.changes(undefined, { signal: stop.signal });
    await stream.next();
    await made.client.contexts.updateSettings({ ...WHOLE, ...SECRETS });
    expect((await stream.next()).value).toEqual({ kind: 'contexts' });
    stop.abort();
  });

  test('what was stored in another form counts as nothing, and does not stop the start', async () => {
    const made = await backend();
    made.state.values.set('context-settings', { one: { pue: 'high' } });
    const again = await backend({ state: made.state });
    expect(await again.client.contexts.settings({ context: 'one' })).toMatchObject({ pue: null });
  });
});

describe('coefficients of a context', () => {
  test('are those of the windows read after, and those before are computed anew', async () => {
    const made = await backend();
    await collectAll(made, 'one', '2h');
    const before = await made.client.metrics.summary({ last: '2h' });
    await made.client.contexts.updateSettings({ context: 'one', pue: 3, price_cpu_core_hour: 4 });
    await settle(400);
    const restated = await made.client.metrics.summary({ last: '2h' });
    expect(restated.mean_pue).toBeCloseTo(3, 9);
    expect(restated.total_cost).toBeGreaterThan(before.total_cost * 10);
    expect((await made.client.audit.list({})).entries).toEqual([
      expect.objectContaining({
        cause: 'pue',
        reason: 'PUE by tables → 3; Price of a vCPU-hour by tables → 4',
      }),
    ]);
    await made.time.advance(3600);
    await collectAll(made, 'one', '1h');
    expect((await made.client.metrics.summary({ last: '30h' })).mean_pue).toBeCloseTo(3, 9);
  });
});
