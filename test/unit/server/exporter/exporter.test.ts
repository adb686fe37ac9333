import { beforeEach, describe, expect, it } from 'vitest';
import { Exporter, SHORTEST_PACE_MILLISECONDS } from '../../../../src/server/exporter/exporter.ts';
import { clusterItem, FakeExporterClient, recommendation } from '../../../fakes/score/exporter-client.ts';

const START = Date.UTC(2026, 2, 11, 10, 15);
let client: FakeExporterClient;
let now: number;
let problems: string[];
let exporter: Exporter;

beforeEach(() => {
  client = new FakeExporterClient();
  client.used = [
    { cluster: 'c1', namespace: 'shop', joules: 100 },
    { cluster: 'c1', namespace: '__unallocated__', joules: 40 },
  ];
  now = START;
  problems = [];
  exporter = new Exporter({
    client,
    version: '1.2.3',
    nowMilliseconds: () => now,
    onProblem: (part, error) => problems.push(`${part}: ${String(error)}`),
  });
});

/** Samples by series, without the labels of the cluster. */
async function samples(): Promise<Map<string, number>> {
  const lines = (await exporter.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at).replace('cluster="c1",cluster_name="Cluster c1"', 'C'), Number(line.slice(at + 1))];
    }),
  );
}

it('exports the last day by cluster and namespace, in base units', async () => {
  const found = await samples();
  expect(found.get('podwatt_energy_24h_joules{C,namespace="shop"}')).toBe(100);
  expect(found.get('podwatt_facility_energy_24h_joules{C,namespace="shop"}')).toBe(120);
  expect(found.get('podwatt_co2e_24h_grams{C,namespace="__unallocated__"}')).toBe(80);
  expect(found.get('podwatt_co2e_low_24h_grams{C,namespace="shop"}')).toBe(100);
  expect(found.get('podwatt_co2e_high_24h_grams{C,namespace="shop"}')).toBe(300);
  expect(found.get('podwatt_embodied_co2e_24h_grams{C,namespace="shop"}')).toBe(50);
  expect(found.get('podwatt_cost_24h{C,namespace="shop",currency="EUR"}')).toBe(1);
  expect(found.get('podwatt_figures_end_timestamp_seconds')).toBe(Date.UTC(2026, 2, 11, 10) / 1000);
});

it('has counters that begin at nothing and grow by the hour', async () => {
  expect((await samples()).get('podwatt_co2e_grams_total{C,namespace="shop"}')).toBe(0);
  now += 3_600_000;
  const found = await samples();
  expect(found.get('podwatt_energy_joules_total{C,namespace="shop"}')).toBe(100);
  expect(found.get('podwatt_co2e_grams_total{C,namespace="shop"}')).toBe(200);
  expect(found.get('podwatt_cost_total{C,namespace="shop",currency="EUR"}')).toBe(1);
  expect(await exporter.render()).toContain('# TYPE podwatt_co2e_grams_total counter');
});

it('exports clusters, their grid, PUE, coverage and windows', async () => {
  client.clusterItems = [
    clusterItem('c1', { last_window_end: '2026-03-11T10:05:00Z', node_count: 7, state: 'failing' }),
  ];
  const found = await samples();
  expect(found.get('podwatt_last_window_end_timestamp_seconds{C}')).toBe(Date.UTC(2026, 2, 11, 10, 5) / 1000);
  expect(found.get('podwatt_cluster_nodes{C}')).toBe(7);
  expect(found.get('podwatt_collecting{C}')).toBe(0);
  expect([...found.keys()].find((key) => key.startsWith('podwatt_cluster_info'))).toContain('state="failing"');
  expect(found.get('podwatt_grid_intensity_grams_per_kwh{C}')).toBe(342.5);
  expect(found.get('podwatt_pue_ratio{C}')).toBe(1.15);
  expect(found.get('podwatt_coverage_ratio{C}')).toBe(0.75);
  expect(found.get('podwatt_windows_24h{C,state="whole"}')).toBe(2);
  expect(found.get('podwatt_windows_24h{C,state="no-data"}')).toBe(1);
});

it('leaves out what a cluster does not have', async () => {
  client.clusterItems = [clusterItem('c1', { last_window_end: null, node_count: null })];
  const text = await exporter.render();
  expect(text).not.toContain('podwatt_last_window_end_timestamp_seconds');
  expect(text).not.toContain('podwatt_cluster_nodes');
});

it('exports scores, without those that have no data', async () => {
  const found = await samples();
  const card = 'cluster="c1",cluster_name="Production"';
  expect(found.get(`podwatt_score{${card}}`)).toBe(57.3);
  expect(found.get(`podwatt_score_dimension{${card},dimension="carbon"}`)).toBeCloseTo(0.3, 9);
  expect([...found.keys()].some((key) => key.includes('dimension="scaling"'))).toBe(false);
  expect(found.get(`podwatt_namespace_score{${card},namespace="shop"}`)).toBe(57.3);
});

it('counts recommendations over all pages, and exports what they would save and saved', async () => {
  client.items = [
    ...Array.from({ length: 1001 }, () => recommendation({})),
    recommendation({ severity: 'low' }),
    recommendation({ type: 'ZOMBIE_POD', status: 'ignored' }),
    recommendation({ status: 'regressed' }),
  ];
  const found = await samples();
  const key = (type: string, severity: string, status: string) =>
    `podwatt_recommendations{C,type="${type}",severity="${severity}",status="${status}"}`;
  expect(found.get(key('RIGHTSIZING_CPU', 'high', 'active'))).toBe(1001);
  expect(found.get(key('RIGHTSIZING_CPU', 'low', 'active'))).toBe(1);
  expect(found.get(key('ZOMBIE_POD', 'high', 'ignored'))).toBe(1);
  expect(found.get(key('RIGHTSIZING_CPU', 'high', 'regressed'))).toBe(1);
  // What alerts ask for is there with nothing in it, too.
  expect(found.get(key('MISSING_REQUESTS', 'critical', 'active'))).toBe(0);
  expect(found.get(key('MISSING_REQUESTS', 'critical', 'ignored'))).toBeUndefined();
  expect(client.countOf('recommendations.active')).toBe(2);
  expect(found.get('podwatt_open_savings_co2e_grams_per_day{C}')).toBe(40);
  expect(found.get('podwatt_open_savings_co2e_low_grams_per_day{C}')).toBe(0);
  expect(found.get('podwatt_open_savings_cost_per_day{C,currency="EUR"}')).toBe(40);
  expect(found.get('podwatt_promised_savings_30d_grams{C}')).toBe(1200);
  expect(found.get('podwatt_measured_cost_savings_30d{C,currency="EUR"}')).toBe(24.5);
});

it('exports its versions, its start and that all is well', async () => {
  const found = await samples();
  expect([...found.keys()].find((key) => key.startsWith('podwatt_build_info'))).toContain('version="1.2.3"');
  expect(found.get('podwatt_start_time_seconds')).toBe(START / 1000);
  for (const part of ['clusters', 'energy', 'days', 'score', 'recommendations', 'health'])
    expect(found.get(`podwatt_up{part="${part}"}`)).toBe(1);
  expect(problems).toEqual([]);
});

describe('while a part fails', () => {
  it('says so, leaves its values out and keeps the rest', async () => {
    client.failing.add('score');
    const text = await exporter.render();
    expect(text).toContain('podwatt_up{part="score"} 0');
    expect(text).not.toContain('podwatt_score');
    expect(text).toContain('podwatt_energy_24h_joules');
    expect(problems).toEqual(['score: Error: score.get fails']);
    client.failing.clear();
    now += SHORTEST_PACE_MILLISECONDS;
    expect(await exporter.render()).toContain('podwatt_score{');
  });

  it('has no figure at all where the clusters are not known, and no zero in their place', async () => {
    client.failing.add('clusters');
    const text = await exporter.render();
    const names = new Set(text.match(/^podwatt_\w+/gm));
    expect([...names].sort()).toEqual(['podwatt_build_info', 'podwatt_start_time_seconds', 'podwatt_up']);
    for (const part of ['clusters', 'energy', 'days', 'score', 'recommendations'])
      expect(text).toContain(`podwatt_up{part="${part}"} 0`);
    expect(text).toContain('podwatt_up{part="health"} 1');
    expect(client.countOf('metrics.breakdown')).toBe(0);
  });

  it('tells of sources that failed, and not of those that are off', async () => {
    const source = { detail: '', hint: null, checked_at: null, last_good_at: '2026-03-11T10:00:00Z' };
    client.sources = [
      { ...source, name: 'store', cluster_id: null, state: 'partial' as const },
      { ...source, name: 'usage', cluster_id: 'c1', state: 'failed' as const },
      { ...source, name: 'cost', cluster_id: 'c1', state: 'off' as const },
      { ...source, name: 'kubernetes', cluster_id: '', state: 'ok' as const, last_good_at: null },
      { ...source, name: 'kubernetes', cluster_id: '', state: 'failed' as const, last_good_at: null },
    ];
    const found = await samples();
    expect([...found].filter(([key]) => key.startsWith('podwatt_source_up'))).toEqual([
      ['podwatt_source_up{C,source="usage"}', 0],
      ['podwatt_source_up{source="kubernetes"}', 0],
      ['podwatt_source_up{source="store"}', 1],
    ]);
    expect(found.get('podwatt_source_last_good_timestamp_seconds{C,source="usage"}')).toBe(
      Date.UTC(2026, 2, 11, 10) / 1000,
    );
  });
});

describe('pace', () => {
  it('answers the same to all who ask within a quarter of a minute, reading once', async () => {
    const [first, second] = await Promise.all([exporter.render(), exporter.render()]);
    now += SHORTEST_PACE_MILLISECONDS - 1;
    expect([second, await exporter.render()]).toEqual([first, first]);
    expect(client.countOf('clusters.list')).toBe(1);
    now += 1;
    await exporter.render();
    expect(client.countOf('clusters.list')).toBe(2);
    expect(client.countOf('metrics.breakdown')).toBe(2);
    now += 60_000;
    await exporter.render();
    expect(client.countOf('metrics.breakdown')).toBe(4);
  });

  it('never asks for rows, nor for anything but whole hours', async () => {
    await exporter.render();
    now += 3_600_000;
    await exporter.render();
    const ranges = client.asked.filter(({ operation }) => operation.startsWith('metrics.'));
    expect(ranges.length).toBeGreaterThan(4);
    for (const { operation, input } of ranges) {
      expect(['metrics.breakdown', 'metrics.summary']).toContain(operation);
      const { start, end } = input as { start: string; end: string };
      expect([Date.parse(start) % 3_600_000, Date.parse(end) % 3_600_000]).toEqual([0, 0]);
    }
  });
});
