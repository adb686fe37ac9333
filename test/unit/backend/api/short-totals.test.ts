import { afterEach, describe, expect, it } from 'vitest';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, NOW, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const started: TestBackend[] = [];
afterEach(async () => {
  for (const each of started.splice(0)) await each.backend.stop();
});

async function collected(...contexts: string[]): Promise<TestBackend> {
  const clusters = contexts.map((name) => new FakeCluster(name));
  const made = await testBackend({ clusters });
  started.push(made);
  for (const name of contexts) await collectAll(made, name);
  return made;
}

const sum = (items: readonly Record<string, unknown>[], key: string) =>
  items.reduce((total, item) => total + Number(item[key]), 0);

describe('totals by namespace as a plain list', () => {
  it('add up to the summary, most carbon first', async () => {
    const { client } = await collected('one');
    const summary = await client.metrics.summary({});
    const list = await client.metrics.byNamespace({});
    expect(list.length).toBeGreaterThan(1);
    expect(sum(list, 'co2e_grams')).toBeCloseTo(summary.total_co2e_grams, 9);
    expect(sum(list, 'embodied_co2e_grams')).toBeCloseTo(summary.total_embodied_co2e_grams, 9);
    expect(sum(list, 'total_cost')).toBeCloseTo(summary.total_cost, 9);
    expect(sum(list, 'energy_joules')).toBeCloseTo(summary.total_energy_joules, 3);
    const carbon = list.map((each) => each.co2e_grams + each.embodied_co2e_grams);
    expect(carbon).toEqual([...carbon].sort((one, other) => other - one));
    expect(await client.metrics.byNamespace({ limit: 1 })).toEqual(list.slice(0, 1));
    const name = list.find((each) => !each.namespace.startsWith('__'))?.namespace ?? '';
    expect((await client.metrics.byNamespace({ namespace: name })).map((each) => each.namespace)).toEqual([name]);
  });

  it('count a name that two clusters have once', async () => {
    const { client } = await collected('one', 'two');
    const both = await client.metrics.byNamespace({});
    const one = await client.metrics.byNamespace({ cluster: 'id-of-one' });
    expect(both.map((each) => each.namespace).sort()).toEqual(one.map((each) => each.namespace).sort());
    expect(sum(both, 'co2e_grams')).toBeCloseTo(2 * sum(one, 'co2e_grams'), 9);
  });

  it('are an empty list where nothing was collected', async () => {
    const empty = await testBackend();
    started.push(empty);
    expect(await empty.client.metrics.byNamespace({})).toEqual([]);
    expect(await empty.client.metrics.topPods({})).toEqual([]);
    expect(await empty.client.reports.years({})).toEqual([]);
  });
});

describe('top pods', () => {
  it('are pods alone, by carbon, as many as asked for', async () => {
    const { client } = await collected('one');
    const pods = await client.metrics.topPods({ limit: 1000 });
    const { items } = await client.metrics.breakdown({ by: 'pod', limit: 1000 });
    const expected = items.filter((item) => item.row_kind === 'pod');
    expect(pods.length).toBe(expected.length);
    expect(pods.length).toBeGreaterThan(0);
    expect(pods.every((pod) => !pod.namespace.startsWith('__'))).toBe(true);
    expect(sum(pods, 'co2e_grams')).toBeCloseTo(sum(expected, 'co2e_grams'), 9);
    expect((await client.metrics.topPods({ limit: 1 })).map((pod) => pod.pod_name)).toEqual([pods[0]?.pod_name]);
  });
});

describe('the years of reports', () => {
  it('are those with results, by the calendar of the zone', async () => {
    const { client } = await collected('one');
    expect(await client.reports.years({})).toEqual([new Date(NOW * 1000).getUTCFullYear()]);
    await expect(client.reports.years({ cluster: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.reports.years({ namespace: 'nowhere' })).toEqual([]);
  });
});

describe('services', () => {
  it('has the store and the sources of clusters by name', async () => {
    const { client } = await collected('one');
    const { status, services, version } = await client.system.services();
    expect([version, services['store']?.status]).toEqual(['1.2.3', 'healthy']);
    expect(['ok', 'degraded']).toContain(status);
    for (const [name, service] of Object.entries(services)) expect(service.name).toBe(name);
  });
});

describe('pages of rows', () => {
  it('go on where the one before ended, to the last row, without one twice', async () => {
    const { client } = await collected('one');
    const range = { last: '24h' } as const;
    const whole = await client.metrics.rows({ ...range, limit: 10_000 });
    expect(whole.next_cursor).toBeNull();
    expect(whole.metrics.length).toBeGreaterThan(7);
    for (const limit of [1, 3, 7, whole.metrics.length - 1, whole.metrics.length]) {
      const seen: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page: typeof whole = await client.metrics.rows({
          ...range,
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        expect(page.total).toBe(whole.total);
        seen.push(...page.metrics);
        cursor = page.next_cursor;
      } while (cursor !== null && seen.length <= whole.metrics.length);
      expect([limit, seen.length]).toEqual([limit, whole.metrics.length]);
      expect(seen).toEqual(whole.metrics);
    }
  });

  it.each(['', 'at-5', 'rows-1-2', 'rows-5-4-0', 'rows-0-99999999-0', 'rows-1-2-x'])(
    'refuse the cursor %j',
    async (cursor) => {
      const { client } = await collected('one');
      await expect(client.metrics.rows({ cursor })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining('cursor'),
      });
    },
  );
});
