import { expect, it } from 'vitest';
import { HourCounters } from '../../../../src/server/exporter/hour-counters.ts';
import { lastDay, settledUntil } from '../../../../src/server/exporter/hours.ts';
import { MOST_NAMESPACES, namespaceUsage } from '../../../../src/server/exporter/namespace-usage.ts';
import { FakeExporterClient } from '../../../fakes/score/exporter-client.ts';

const TEN = Date.UTC(2026, 2, 11, 10) / 1000;
const RANGE = { start: '2026-03-11T09:00:00.000Z', end: '2026-03-11T10:00:00.000Z' };
const many = (count: number, cluster = 'c1') =>
  Array.from({ length: count }, (_, index) => ({ cluster, namespace: `n${index}`, joules: 1000 - index }));
const joulesOf = (lines: Awaited<ReturnType<typeof namespaceUsage>>) =>
  Object.fromEntries(lines.map(({ namespace, figures }) => [namespace, figures.energy_joules]));

it('takes an hour for settled a quarter of an hour after its end', () => {
  expect(settledUntil(TEN + 899)).toBe(TEN - 3600);
  expect(settledUntil(TEN + 900)).toBe(TEN);
  expect(lastDay(TEN + 900)).toEqual({ start: '2026-03-10T10:00:00.000Z', end: '2026-03-11T10:00:00.000Z' });
});

it('asks for whole hours only, by namespace and by cluster', async () => {
  const client = new FakeExporterClient();
  client.used = many(2);
  expect(joulesOf(await namespaceUsage(client, RANGE))).toEqual({ n0: 1000, n1: 999 });
  expect(client.asked.map(({ input }) => input)).toEqual([
    { ...RANGE, by: 'namespace', sort: 'energy', limit: MOST_NAMESPACES, offset: 0 },
    { ...RANGE, by: 'cluster', sort: 'energy', limit: MOST_NAMESPACES, offset: 0 },
  ]);
});

it('sums what is beyond the most namespaces by cluster, so that nothing is lost', async () => {
  const client = new FakeExporterClient();
  client.used = [
    ...many(MOST_NAMESPACES),
    { cluster: 'c2', namespace: 'x', joules: 2 },
    { cluster: 'c2', namespace: 'y', joules: 3 },
  ];
  const lines = await namespaceUsage(client, RANGE);
  expect(lines).toHaveLength(MOST_NAMESPACES + 1);
  expect(lines.at(-1)).toMatchObject({
    cluster: 'c2',
    namespace: '__other__',
    figures: { energy_joules: 5, co2e_grams: 10 },
  });
});

it('begins at nothing for what is known, and adds each hour once when it is settled', async () => {
  const client = new FakeExporterClient();
  client.used = [{ cluster: 'c1', namespace: 'shop', joules: 100 }];
  const counters = new HourCounters(client);
  const known = await namespaceUsage(client, RANGE);
  client.asked.length = 0;
  expect(joulesOf(await counters.advance(TEN + 900, known))).toEqual({ shop: 0 });
  expect(joulesOf(await counters.advance(TEN + 4499, known))).toEqual({ shop: 0 });
  expect(client.asked).toEqual([]);
  expect(joulesOf(await counters.advance(TEN + 4500, known))).toEqual({ shop: 100 });
  expect(client.asked[0]?.input).toMatchObject({ start: '2026-03-11T10:00:00.000Z', end: '2026-03-11T11:00:00.000Z' });
  expect(joulesOf(await counters.advance(TEN + 4600, known))).toEqual({ shop: 100 });
  client.used = [
    { cluster: 'c1', namespace: 'shop', joules: 50 },
    { cluster: 'c1', namespace: 'new', joules: 7 },
  ];
  expect(joulesOf(await counters.advance(TEN + 3 * 3600 + 900, known))).toEqual({ shop: 150, new: 7 });
  expect(client.asked.at(-1)?.input).toMatchObject({
    start: '2026-03-11T11:00:00.000Z',
    end: '2026-03-11T13:00:00.000Z',
  });
});

it('adds hours later that could not be read, and never goes back', async () => {
  const client = new FakeExporterClient();
  client.used = [{ cluster: 'c1', namespace: 'shop', joules: 100 }];
  const counters = new HourCounters(client);
  await counters.advance(TEN + 900, []);
  client.failing.add('metrics');
  await expect(counters.advance(TEN + 4500, [])).rejects.toThrow('metrics.breakdown fails');
  client.failing.clear();
  expect(joulesOf(await counters.advance(TEN + 4600, []))).toEqual({ shop: 100 });
  // The clock was set back.
  expect(joulesOf(await counters.advance(TEN - 9000, []))).toEqual({ shop: 100 });
  expect(joulesOf(await counters.advance(TEN + 4700, []))).toEqual({ shop: 100 });
});

it('keeps the line of a namespace that has one, and counts newcomers among the others when there is no room', async () => {
  const client = new FakeExporterClient();
  const counters = new HourCounters(client);
  client.used = many(MOST_NAMESPACES);
  const known = await namespaceUsage(client, RANGE);
  await counters.advance(TEN + 900, known);
  client.used = [
    { cluster: 'c1', namespace: 'n0', joules: 10 },
    { cluster: 'c1', namespace: 'newcomer', joules: 9000 },
  ];
  const counted = joulesOf(await counters.advance(TEN + 4500, []));
  expect(counted).toMatchObject({ n0: 10, n1: 0, __other__: 9000 });
  expect(counted['newcomer']).toBeUndefined();
  expect(Object.keys(counted)).toHaveLength(MOST_NAMESPACES + 1);
});

it('drops the counters of clusters that are gone', async () => {
  const client = new FakeExporterClient();
  client.used = [...many(1), ...many(1, 'c2')];
  const counters = new HourCounters(client);
  await counters.advance(TEN + 900, await namespaceUsage(client, RANGE));
  counters.keepClusters(new Set(['c2']));
  expect((await counters.advance(TEN + 900, [])).map(({ cluster }) => cluster)).toEqual(['c2']);
});
