import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REAL_TIMERS } from '../../../src/backend/scheduler/timers.ts';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { cluster } from '../pipeline/day-cluster.ts';
import { Closing, forbidden, type OpenedBackend, openBackend, startApi } from './contexts.ts';
import { startGate } from './gate.ts';
import { collect } from './observe.ts';

const HOUR = 3600;
/** Younger than the hole that the fixture has. */
const backfillSeconds = 3 * HOUR;

/** A clock that the test moves; waits are short, so that the loop looks at it often. */
function movableTime() {
  const startSeconds = cluster.endSeconds - 3 * HOUR + 95;
  let nowSeconds = startSeconds;
  return {
    passed: () => nowSeconds - startSeconds,
    clock: { nowSeconds: () => nowSeconds },
    timers: {
      ...REAL_TIMERS,
      wait: (milliseconds: number, signal: AbortSignal) => REAL_TIMERS.wait(Math.min(milliseconds, 40), signal),
    },
    forward: (seconds: number) => {
      nowSeconds += seconds;
    },
  };
}

describe.runIf(needs('prometheus'))('a source that was away', () => {
  const shared = new Closing();
  const closing = new Closing();
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
    shared.add({ close: () => prometheus.stop() });
  });
  afterEach(() => closing.close());
  afterAll(() => shared.close());

  const clusterOf = async ({ client }: OpenedBackend) => (await client.clusters.list()).clusters[0];
  const stateOf = (opened: OpenedBackend) =>
    expect.poll(async () => (await clusterOf(opened))?.state, { timeout: 20_000 });
  /** Time goes on until a run has seen what changed: one that was under way may end well and wait for the next beat. */
  const stateAsTimeGoes = (opened: OpenedBackend, time: ReturnType<typeof movableTime>) => {
    let asked = 0;
    return expect.poll(
      async () => {
        asked += 1;
        if (asked % 8 === 0) time.forward(300);
        return (await clusterOf(opened))?.state;
      },
      { timeout: 20_000, interval: 250 },
    );
  };
  const lastEnd = async (opened: OpenedBackend): Promise<number> =>
    Date.parse((await clusterOf(opened))?.last_window_end ?? '') / 1000;

  /** Every second up to the youngest window is in one whole window; answers the end. */
  const expectNoGap = async (opened: OpenedBackend): Promise<number> => {
    const { runs } = await opened.client.clusters.runs({ cluster: (await clusterOf(opened))!.id, last: '24h' });
    const sorted = runs.toSorted((a, b) => a.window_start.localeCompare(b.window_start));
    let end = Date.parse(sorted[0]!.window_start) / 1000;
    for (const run of sorted) {
      expect(Date.parse(run.window_start) / 1000).toBe(end);
      expect(run).toMatchObject({ state: 'whole', reason: null });
      end += run.duration_seconds;
    }
    return end;
  };

  it('a Prometheus that went and came back: the next run fills the gap', async () => {
    const time = movableTime();
    const gate = closing.add(await startGate(new URL(prometheus.url)));
    const api = closing.add(await startApi(`http://127.0.0.1:${gate.port}`));
    const opened = await openBackend(closing, [api.kubeconfigYaml()], {
      ...time,
      backfillSeconds,
      initialContexts: ['stub'],
    });
    await opened.backend.start();
    await stateOf(opened).toBe('collecting');
    const before = await lastEnd(opened);

    await gate.shut();
    time.forward(40 * 60);
    await stateAsTimeGoes(opened, time).toBe('failing');
    expect((await clusterOf(opened))?.last_error?.message).toMatch(
      /can't reach the Service monitoring\/prometheus-server/,
    );
    expect(await expectNoGap(opened)).toBe(before);

    await gate.open();
    time.forward(10 * 60);
    await stateAsTimeGoes(opened, time).toBe('collecting');
    expect((await clusterOf(opened))?.last_error).toBeNull();
    expect(await expectNoGap(opened)).toBe(before + time.passed());
  });

  it('an API server that went and came back: the next run fills the gap', async () => {
    const time = movableTime();
    const api = closing.add(await startApi(prometheus.url));
    const gate = closing.add(await startGate(new URL(api.url)));
    const yaml = api.kubeconfigYaml({ server: `https://127.0.0.1:${gate.port}` });
    const opened = await openBackend(closing, [yaml], { ...time, backfillSeconds, initialContexts: ['stub'] });
    await opened.backend.start();
    await stateOf(opened).toBe('collecting');
    const before = await lastEnd(opened);

    await gate.shut();
    time.forward(20 * 60);
    await stateAsTimeGoes(opened, time).toBe('unreachable');
    expect((await clusterOf(opened))?.last_error?.hint).toMatch(/\S/);
    await gate.open();
    time.forward(10 * 60);
    await stateAsTimeGoes(opened, time).toBe('collecting');
    expect(await expectNoGap(opened)).toBe(before + time.passed());
  });

  it('a Prometheus that moved to another Service and port is found again', async () => {
    const time = movableTime();
    const services: RawObject[] = cluster.lists.services.items.map((item) => ({ ...item }));
    const backends: Record<string, string> = { 'monitoring/prometheus-server': prometheus.url };
    const api = closing.add(await startApi(null, { services, backends }));
    const opened = await openBackend(closing, [api.kubeconfigYaml()], {
      ...time,
      backfillSeconds,
      initialContexts: ['stub'],
    });
    await opened.backend.start();
    await stateOf(opened).toBe('collecting');
    const before = await lastEnd(opened);

    delete backends['monitoring/prometheus-server'];
    backends['observability/prometheus-operated'] = prometheus.url;
    const metadata = { name: 'prometheus-operated', namespace: 'observability', labels: {} };
    services.splice(0, services.length, {
      metadata,
      spec: { type: 'ClusterIP', ports: [{ name: 'http-web', port: 9090 }] },
    });
    time.forward(15 * 60);
    await stateOf(opened).toBe('no-data');
    time.forward(10 * 60);
    await stateAsTimeGoes(opened, time).toBe('collecting');
    const found = '/namespaces/observability/services/prometheus-operated:9090/proxy/';
    expect(api.requests.filter(({ path }) => path.includes(found)).length).toBeGreaterThan(0);
    expect(await expectNoGap(opened)).toBe(before + time.passed());
  });

  it('a Prometheus that fails in the middle of a reading: nothing of that piece is kept, the next one is whole', async () => {
    let left = 12;
    const answer = (request: { readonly path: string }) => {
      if (!request.path.endsWith('/query_range')) return undefined;
      left -= 1;
      return left < 0 ? { status: 500, body: 'out of memory', contentType: 'text/plain' } : undefined;
    };
    const api = closing.add(await startApi(prometheus.url, { answer }));
    const opened = await openBackend(closing, [api.kubeconfigYaml()], { clock: movableTime().clock });
    const first = await collect(opened.client, 'stub', '3h');
    expect(first.error?.message).toMatch(/answered with HTTP 500/);
    expect(left).toBeLessThan(0);
    expect(await clusterOf(opened)).toMatchObject({
      last_window_end: null,
      last_error: { message: first.error?.message },
    });
    expect((await opened.client.clusters.runs({ cluster: (await clusterOf(opened))!.id, last: '24h' })).runs).toEqual(
      [],
    );
    left = Number.POSITIVE_INFINITY;
    expect((await collect(opened.client, 'stub', '3h')).rows).toBeGreaterThan(0);
    await expectNoGap(opened);
  });

  it('a right that was taken away and given back', async () => {
    const time = movableTime();
    let refused = false;
    const api = closing.add(
      await startApi(prometheus.url, {
        answer: ({ path }) => (refused && path.includes('/proxy/') ? forbidden('services/proxy') : undefined),
      }),
    );
    const opened = await openBackend(closing, [api.kubeconfigYaml()], {
      ...time,
      backfillSeconds,
      initialContexts: ['stub'],
    });
    await opened.backend.start();
    await stateOf(opened).toBe('collecting');
    refused = true;
    time.forward(10 * 60);
    await stateAsTimeGoes(opened, time).toBe('failing');
    refused = false;
    time.forward(10 * 60);
    await stateAsTimeGoes(opened, time).toBe('collecting');
    await expectNoGap(opened);
  });
});
