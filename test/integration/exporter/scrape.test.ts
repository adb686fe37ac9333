import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { type CommandProcess, runCommand } from '../cli/command-process.ts';

const deploy = resolve('deploy');
const rulesFile = join(deploy, 'prometheus/rules.yaml');
const dashboard = JSON.parse(readFileSync(join(deploy, 'grafana/podwatt.json'), 'utf8'));
const rules: { alert: string; expr: string }[] = parse(readFileSync(rulesFile, 'utf8')).groups.flatMap(
  (group: { rules: unknown[] }) => group.rules,
);
/** Every query of the dashboard, with its variables as Grafana fills them in. */
const queries: [title: string, expr: string][] = dashboard.panels.flatMap(
  ({ title, targets = [] }: { title: string; targets?: { expr: string }[] }) =>
    targets.map(({ expr }) => [title, expr.replaceAll('$cluster', '.*').replaceAll('$__rate_interval', '1m')]),
);
/** What an alert looks at, without the threshold that it compares with. */
const observed = ({ alert, expr }: { alert: string; expr: string }): [string, string] => {
  const without = expr.replace(/\s*(?:==|!=|<|>|<=|>=)\s*[\d.]+\s*$/, '');
  if (without === expr) throw new Error(`${alert} compares with no number`);
  return [alert, without];
};

describe.runIf(needs('prometheus') && needs('promtool'))('a real Prometheus on the sample', () => {
  let folder: string;
  let server: CommandProcess;
  let prometheus: RunningPrometheus;
  let url: URL;
  let token: string;
  const scrape = (headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    fetch(new URL('/prometheus/metrics', url), { headers });
  const ask = async (path: string) => (await fetch(prometheus.url + path)).json();
  const resultOf = async (expr: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> => {
    const { status, data, error } = await ask(`/api/v1/query?query=${encodeURIComponent(expr)}`);
    expect([status, error]).toEqual(['success', undefined]);
    return data.result;
  };
  const until = async (what: string, check: () => Promise<boolean>) => {
    for (let tries = 0; tries < 240; tries += 1) {
      if (await check()) return;
      await sleep(250);
    }
    throw new Error(`${what} did not come`);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podwatt-scrape-'));
    server = runCommand(folder, ['demo', '--port', '0']);
    url = new URL((await server.firstLine).replace('Podwatt is ready at ', ''));
    token = url.searchParams.get('token') ?? '';
    writeFileSync(join(folder, 'token'), token);
    // What is exported is as old as its analysis: it would come by itself some minutes after the start.
    await fetch(new URL('/api/v1/recommendations/active?refresh=true&limit=1', url), {
      headers: { authorization: `Bearer ${token}` },
    });
    const [job] = parse(readFileSync(join(deploy, 'prometheus/scrape.yaml'), 'utf8')).scrape_configs;
    const config = {
      global: { evaluation_interval: '1s' },
      rule_files: [rulesFile],
      scrape_configs: [
        {
          ...job,
          scrape_interval: '1s',
          scrape_timeout: '1s',
          authorization: { ...job.authorization, credentials_file: join(folder, 'token') },
          static_configs: [{ targets: [url.host] }],
        },
      ],
    };
    prometheus = await startPrometheus({ openMetrics: null, config: stringify(config) });
    await until('a third scrape', async () => {
      const [scrapes] = await resultOf('sum_over_time(up{job="podwatt"}[5m])');
      return Number(scrapes?.value[1] ?? 0) >= 3;
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    server?.child.kill('SIGKILL');
    await server?.exitCode;
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes every sample, and nobody else gets one', async () => {
    const { data } = await ask('/api/v1/targets');
    expect(data.activeTargets).toHaveLength(1);
    expect(data.activeTargets[0]).toMatchObject({ health: 'up', lastError: '' });
    const answer = await scrape();
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const count = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
    const [scraped] = await resultOf('scrape_samples_scraped{job="podwatt"}');
    // Recommendations may come while this runs.
    expect(Number(scraped?.value[1])).toBeGreaterThan(count * 0.8);
    expect((await scrape({})).status).toBe(401);
  });

  it('says what the API says', async () => {
    const [end] = await resultOf('podwatt_figures_end_timestamp_seconds');
    const endSeconds = Number(end?.value[1]);
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    const query = new URLSearchParams({ start: iso(endSeconds - 86_400), end: iso(endSeconds) });
    const summary = await (
      await fetch(new URL(`/api/v1/metrics/summary?${query}`, url), { headers: { authorization: `Bearer ${token}` } })
    ).json();
    const [grams] = await resultOf('sum(podwatt_co2e_24h_grams)');
    const [joules] = await resultOf('sum(podwatt_facility_energy_24h_joules)');
    const [low] = await resultOf('sum(podwatt_co2e_low_24h_grams)');
    expect(Number(grams?.value[1]) / summary.total_co2e_grams).toBeCloseTo(1, 9);
    expect(Number(joules?.value[1]) / summary.total_facility_energy_joules).toBeCloseTo(1, 9);
    expect(Number(low?.value[1]) / summary.total_co2e_low_grams).toBeCloseTo(1, 9);
    expect(summary.total_co2e_grams).toBeGreaterThan(1);
  });

  it.each(queries)('answers the panel %s: %s', async (_, expr) => {
    expect((await resultOf(expr)).length).toBeGreaterThan(0);
  });

  it('fills the choice of clusters', async () => {
    const { data } = await ask('/api/v1/label/cluster_name/values?match[]=podwatt_cluster_info');
    expect(data).toEqual(['sample-shop']);
  });

  it.each(rules.map(observed))('answers what the alert %s looks at', async (_, expr) => {
    expect((await resultOf(expr)).length).toBeGreaterThan(0);
  });

  it('evaluates all alerts without a problem, and none about collection is raised', async () => {
    const all = async (): Promise<{ name: string; health: string; state: string; lastError?: string }[]> =>
      (await ask('/api/v1/rules')).data.groups.flatMap((group: { rules: unknown[] }) => group.rules);
    await until('an evaluation', async () => (await all()).every(({ health }) => health !== 'unknown'));
    expect((await all()).map(({ name, health, lastError }) => [name, health, lastError])).toEqual(
      rules.map(({ alert }) => [alert, 'ok', undefined]),
    );
    const raised = (await all()).filter(({ state }) => state !== 'inactive').map(({ name }) => name);
    expect(raised.filter((name) => name !== 'PodwattUrgentRecommendations')).toEqual([]);
  });

  it('passes promtool check metrics without a word', async () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await (await scrape()).text(),
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it('uses names in dashboard and alerts that are exported, and keeps the number of series small', async () => {
    const text = await (await scrape()).text();
    const exported = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    const used = [...queries, ...rules.map(observed)].flatMap(([, expr]) => expr.match(/podwatt_\w+/g) ?? []);
    expect([...new Set(used)].filter((name) => !exported.has(name))).toEqual([]);
    expect(text).not.toMatch(/[{,]pod="/);
    expect(text.split('\n').length).toBeLessThan(600);
  });
});

describe.runIf(needs('promtool'))('alert rules', () => {
  it('are in order, and fire when they should', () => {
    const folder = mkdtempSync(join(tmpdir(), 'podwatt-rules-'));
    try {
      expect(execFileSync('promtool', ['check', 'rules', '--lint=all', rulesFile], { encoding: 'utf8' })).toContain(
        `${rules.length} rules found`,
      );
      const cases = readFileSync(join(import.meta.dirname, 'rules-cases.yaml'), 'utf8');
      writeFileSync(join(folder, 'cases.yaml'), cases.replace('RULES', rulesFile));
      const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', join(folder, 'cases.yaml')], {
        encoding: 'utf8',
      });
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
