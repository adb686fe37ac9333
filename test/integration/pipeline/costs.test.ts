import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startClusterApi } from '../../fakes/kubernetes/cluster-api.ts';
import { hourly, IDLE_HOURLY, startOpenCost, sumOf, totalOf } from '../../fakes/kubernetes/open-cost-service.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { CONTEXT, openBackend } from './collect-backend.ts';
import { cluster, NOW_SECONDS } from './day-cluster.ts';

const HOURS = 2;
const SERVICE = { metadata: { name: 'opencost', namespace: 'opencost' }, spec: { ports: [{ port: 9003 }] } };
const PODS = cluster.lists.pods.items.map(({ metadata }) => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
}));

describe.runIf(needs('prometheus'))('costs of a cluster that has OpenCost', () => {
  let folder: string;
  let prometheus: RunningPrometheus;
  let plain: Awaited<ReturnType<typeof collected>> | null = null;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-costs-'));
    prometheus = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await prometheus?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Reads the last two hours, with OpenCost behind the service proxy; null: the cluster has none. */
  async function collected(openCost: Awaited<ReturnType<typeof startOpenCost>> | null) {
    if (openCost !== null) closing.push(openCost.stop);
    const more = openCost === null ? {} : { services: [SERVICE], backends: { 'opencost/opencost': openCost.url } };
    const api = await startClusterApi(cluster, prometheus.url, 'integration', more);
    closing.push(() => api.close());
    const dataDir = await mkdtemp(join(folder, 'data-'));
    const kubeconfig = join(dataDir, 'kubeconfig.yaml');
    await writeFile(kubeconfig, api.kubeconfigYaml({ context: CONTEXT }));
    const backend = await openBackend({ dataDir, kubeconfig, nowSeconds: NOW_SECONDS });
    closing.push(() => backend.stop());
    const client = createRouterClient(backend.router);
    const notices: { code: string }[] = [];
    for await (const event of await client.contexts.collect({ context: CONTEXT, last: `${HOURS}h` })) {
      if (event.kind === 'result') notices.push(...event.result.notices);
    }
    const rows = [];
    for (let page = 0, more = true; more; page += 1) {
      const answer = await client.metrics.rows({ last: '3h', limit: 500, offset: page * 500 });
      rows.push(...answer.metrics);
      more = answer.metrics.length === 500;
    }
    const total = rows.reduce((sum, row) => sum + row.total_cost, 0);
    return { rows, total, notices, sources: new Set(rows.map((row) => row.sources['cost'])) };
  }

  it('are those of OpenCost: pod by pod, and the whole with what nobody held', async () => {
    const openCost = await startOpenCost(PODS);
    const { rows, total, sources } = await collected(openCost);
    expect(rows.length).toBeGreaterThan(0);
    expect(total).toBeCloseTo(totalOf(PODS, HOURS), 9);
    const seen = PODS.filter(({ namespace, name }) =>
      rows.some((row) => row.namespace === namespace && row.pod_name === name),
    );
    expect(seen.length).toBeGreaterThan(3);
    for (const [index, { namespace, name }] of PODS.entries()) {
      const own = rows.filter((row) => row.namespace === namespace && row.pod_name === name);
      const windows = new Set(own.map((row) => row.timestamp)).size;
      const hours = own.length === 0 ? 0 : (windows * (own[0]?.duration_seconds ?? 0)) / 3600;
      expect(own.reduce((sum, row) => sum + row.total_cost, 0)).toBeCloseTo(sumOf(hourly(index)) * hours, 9);
    }
    const idle = rows.filter((row) => row.namespace === '__unallocated__');
    expect(idle.reduce((sum, row) => sum + row.total_cost, 0)).toBeGreaterThanOrEqual(
      sumOf(IDLE_HOURLY) * HOURS - 1e-9,
    );
    expect([...sources]).toEqual(['opencost']);
    expect(openCost.windowsAsked()).toBe(HOURS);
  });

  it.each([
    ['404', { bend: () => ({ status: 404, body: 'nothing here' }) }],
    ['no answer', { bend: () => ({ body: null }) }],
    ['malformed JSON', { bend: () => ({ body: '{"code":200,"data":[{' }) }],
    ['an empty window', { bend: () => ({ body: { code: 200, data: [{}] } }) }],
    ['another currency', { currency: 'EUR' }],
  ])('with %s are by unit prices, and say so; every window is there', async (_, options) => {
    plain ??= await collected(null);
    const openCost = await startOpenCost(PODS, options);
    const { rows, total, sources } = await collected(openCost);
    expect(rows.length).toBe(plain.rows.length);
    expect(total).toBeCloseTo(plain.total, 9);
    expect([...sources]).toEqual(['default-prices']);
    expect(openCost.windowsAsked()).toBeLessThanOrEqual(HOURS);
  });
});
