import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

let made: TestBackend;
beforeEach(async () => {
  made = await testBackend();
});
afterEach(() => made.backend.stop());

describe('collect', () => {
  test('streams its progress, then what each source gave', async () => {
    const events = await collectAll(made, 'one', '3h');
    expect(events.at(-1)).toMatchObject({
      kind: 'result',
      result: {
        cluster_id: 'id-of-one',
        windows: { whole: 4, partial: 0, no_data: 0, already_there: 0 },
        rows: 28,
        period: { start: '2026-03-11T07:00:00Z', end: '2026-03-11T10:05:00Z' },
        sources: [
          { name: 'kubernetes', state: 'ok', detail: '2 nodes, 3 pods' },
          { name: 'usage', state: 'ok' },
          { name: 'grid' },
          { name: 'hardware' },
          { name: 'cost' },
        ],
      },
    });
    expect(events.at(-2)).toMatchObject({
      kind: 'progress',
      progress: { state: 'done', windows_done: 4, windows_total: 4 },
    });
    expect(events.length).toBeGreaterThan(2);
  });

  test('a second time finds everything there', async () => {
    await collectAll(made, 'one', '3h');
    const { writes } = made.store;
    expect((await collectAll(made, 'one', '3h')).at(-1)).toMatchObject({
      result: { rows: 0, windows: { whole: 0, already_there: 4 } },
    });
    expect(made.store.writes).toBe(writes);
  });

  test('does not switch the context on', async () => {
    await collectAll(made);
    expect((await made.client.contexts.list()).contexts).toMatchObject([
      { collecting: false, cluster_id: 'id-of-one' },
    ]);
    expect((await made.client.clusters.list()).clusters).toMatchObject([
      { state: 'paused', node_count: 2, pod_count: 3, provider: 'aws', region: 'eu-west-3' },
    ]);
  });

  test('a failed source ends the stream with its own words, and the cluster remembers them', async () => {
    made.clusters[0]!.before = () => {
      throw new Failure('not-found', 'No Prometheus was found', { hint: 'Give its address.' });
    };
    await expect(collectAll(made)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { failure: 'not-found', hint: 'Give its address.' },
    });
    expect(made.store.results.size).toBe(0);
    expect((await made.client.clusters.list()).clusters[0]?.last_error?.message).toBe('No Prometheus was found');
  });

  test('a caller that leaves stops the run', async () => {
    const stream = await made.client.contexts.collect({ context: 'one', last: '24h' });
    await stream.next();
    await stream.return?.(undefined);
    const { writes } = made.store;
    await made.time.advance(10);
    expect(made.store.writes).toBeLessThanOrEqual(writes + 1);
    expect(made.clusters[0]?.closed).toBe(1);
  });

  test('a context that is not there, or is broken, is an error with a way out', async () => {
    await expect(collectAll(made, 'nope')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no context named "nope"',
    });
    made.clusters[0]!.problem = { message: 'The user is missing', hint: 'Add it.' };
    await expect(collectAll(made)).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { hint: 'Add it.' } });
  });
});

test('a check streams each source, and closes its connection', async () => {
  const steps = [];
  for await (const step of await made.client.contexts.check({ context: 'one' })) steps.push(step);
  expect(steps).toEqual([
    { source: 'kubernetes', state: 'passed', detail: '2 nodes', hint: null, latency_milliseconds: 12 },
    {
      source: 'usage',
      state: 'failed',
      detail: 'No Prometheus was found',
      hint: 'Give its address.',
      latency_milliseconds: 12,
    },
  ]);
  expect(made.clusters[0]?.closed).toBe(1);
});

describe('settings of a context', () => {
  const secrets = { prometheus_secret: 'hunter2', certificate_authority: 'PEM', tenant_value: 'acme' };

  test('secrets go in and never come out', async () => {
    const input = {
      context: 'one',
      prometheus_url: 'https://prom.test/x',
      prometheus_auth: 'bearer',
      tenant_header: 'X-Scope-OrgID',
      ...secrets,
    } as const;
    const answer = await made.client.contexts.updateSettings(input);
    expect(answer).toMatchObject({
      has_prometheus_secret: true,
      has_certificate_authority: true,
      prometheus_url: 'https://prom.test/x',
    });
    for (const text of [
      answer,
      await made.client.contexts.settings({ context: 'one' }),
      await made.client.system.config(),
    ].map((each) => JSON.stringify(each))) {
      expect(text).not.toMatch(/hunter2|PEM|acme/);
    }
  });

  test('what is left out stays, null takes away', async () => {
    await made.client.contexts.updateSettings({ context: 'one', pue: 1.2, zone: 'SE-SE3', ...secrets });
    const answer = await made.client.contexts.updateSettings({ context: 'one', zone: null, prometheus_secret: null });
    expect(answer).toMatchObject({
      pue: 1.2,
      zone: null,
      has_prometheus_secret: false,
      has_certificate_authority: true,
    });
  });

  test('prices and PUE hold for the next windows', async () => {
    await made.client.contexts.updateSettings({ context: 'one', pue: 2, currency: 'EUR' });
    await collectAll(made, 'one', '2h');
    expect(await made.client.metrics.summary({ last: '1h' })).toMatchObject({ mean_pue: 2, currency: 'EUR' });
  });

  test.each([
    [{ prometheus_url: 'ftp://prom' }, /http or https/],
    [{ prometheus_url: 'https://me:hunter2@prom' }, /must not hold a user/],
    [{ tenant_header: 'X Scope' }, /tenant_header/],
    [{ tenant_value: 'a\r\nEvil: 1' }, /one line/],
  ])('%j is refused', async (input, reason) => {
    const error = made.client.contexts.updateSettings({ context: 'one', ...input });
    await expect(error).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(reason) });
    expect((await made.client.contexts.settings({ context: 'one' })).prometheus_url).toBeNull();
  });
});

test('an address with a password is shown without it', async () => {
  const other = await testBackend({ prometheusUrls: { one: 'https://me:hunter2@prom.test:9090/x?token=abc' } });
  expect((await other.client.system.config()).prometheus_url).toBe('https://prom.test:9090/x');
  await other.backend.stop();
});

describe('general settings', () => {
  test('are kept', async () => {
    await made.client.settings.update({ theme: 'dark', default_zone: 'FR', default_intensity: 50 });
    await made.client.settings.update({ default_zone: null });
    expect(await made.client.settings.get()).toEqual({
      theme: 'dark',
      time_zone: 'local',
      default_zone: null,
      default_intensity: 50,
      label_keys: {
        team: ['team', 'app.kubernetes.io/team', 'squad'],
        cost_center: ['cost-center', 'app.kubernetes.io/cost-center', 'cost_center', 'costCenter'],
      },
    });
    expect(await made.client.system.config()).toMatchObject({
      default_zone: null,
      default_intensity: 50,
      db_type: 'sqlite',
      normalization_granularity: 'hour',
    });
    const again = await testBackend({ state: made.state });
    expect(await again.client.settings.get()).toMatchObject({ theme: 'dark' });
    await again.backend.stop();
  });

  test('the default zone is for nodes whose place tells none', async () => {
    made.clusters[0]!.nodes = made.clusters[0]!.nodes.map((node, index) =>
      index === 0 ? { ...node, region: null } : node,
    );
    await made.client.settings.update({ default_zone: 'DE' });
    await collectAll(made, 'one', '2h');
    const { nodes } = await made.client.nodes.list({ last: '2h' });
    expect(nodes.map((node) => [node.name, node.emaps_zone])).toEqual([
      ['n1', 'DE'],
      ['n2', 'FR'],
    ]);
  });

  test('a time zone that does not exist is refused', async () => {
    await expect(made.client.settings.update({ time_zone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('nodes', () => {
  test('one node: its curve, its windows, how much is reserved and used', async () => {
    await collectAll(made, 'one', '3h');
    const detail = await made.client.nodes.detail({ cluster: 'id-of-one', node: 'n1', last: '2h' });
    expect(
      detail.curve?.points.map((point) => [point.utilisation, point.watts, point.low_watts, point.high_watts]),
    ).toEqual([
      [0, 10, 5, 20],
      [0.1, 20, 10, 40],
      [0.5, 40, 20, 80],
      [1, 60, 30, 120],
    ]);
    expect(detail.reserved_cpu_share).toBeCloseTo(1000 / 1900, 9);
    expect(detail.windows.length).toBe(2);
    expect(detail.windows.every((window) => window.watts >= 10 && window.watts <= 60)).toBe(true);
    expect(detail.cpu_utilisation).toBeGreaterThan(0);
  });

  test('a node without results is not found', async () => {
    await collectAll(made, 'one', '3h');
    await expect(made.client.nodes.detail({ cluster: 'id-of-one', node: 'n9' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

test('unknown clusters are not found', async () => {
  await expect(made.client.clusters.runs({ cluster: 'x', last: '1h' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(made.client.clusters.stopReading({ cluster: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(made.client.clusters.progress({ cluster: 'x' }).then((stream) => stream.next())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('the ledger tells how each window ended', async () => {
  made.clusters[0]!.covered = (window) => window.durationSeconds * 0.75;
  await collectAll(made, 'one', '1h');
  const { runs } = await made.client.clusters.runs({ cluster: 'id-of-one', last: '2h' });
  expect(runs).toMatchObject([
    {
      window_start: '2026-03-11T09:00:00Z',
      duration_seconds: 3600,
      state: 'partial',
      covered_seconds: 2700,
      reason: 'Metrics cover 45 of 60 minutes',
      row_count: 7,
    },
    { window_start: '2026-03-11T10:00:00Z', duration_seconds: 300, state: 'partial' },
  ]);
});
