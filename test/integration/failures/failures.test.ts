import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { cluster } from '../pipeline/day-cluster.ts';
import { withTables } from '../pipeline/stored.ts';
import { Closing, type OpenedBackend, openBackend } from './contexts.ts';
import { type Checked, check, collect, type Told, watchTrouble, watchUsage } from './observe.ts';
import { CONTEXTS, type ContextName, prepareContexts } from './situations.ts';

/**
 * A person is told what is wrong within this time, whatever hangs. Counted beyond what the quickest failure takes in the
 * same crowd of contexts, so that a busy machine does not count.
 */
const LIMIT_MILLISECONDS = 15_000;
const BROKEN_FILE = 'users:\n  - name: "x\n    token: kept-secret\n';
/** Texts of foreign answers and credentials; none may come back in a message. */
const SECRETS = /secret-page|expired-secret|kept-secret/;

const API = String.raw`The API server at 127\.0\.0\.1:\d+`;
const PROXIED = String.raw`\(monitoring/prometheus-server:80 through the API server\)`;

/** What the API server refuses or does not answer: the first step of the check fails. */
const KUBERNETES: readonly (readonly [ContextName, RegExp, RegExp])[] = [
  [
    'wrong-ca',
    new RegExp(`^${API} shows a certificate from an authority that is not trusted here`),
    /fetch the kubeconfig again/,
  ],
  ['expired-token', new RegExp(`^${API} did not accept the credentials`), /Sign in again/],
  ['no-sign-in', new RegExp(`^${API} got no credentials`), /add a token or certificate/],
  ['down', new RegExp(`^${API} refused the connection`), /Check the address and port/],
  ['silent', new RegExp(`^${API} did not answer in time|context "silent" did not answer within`), /overloaded/],
  [
    'hanging-plugin',
    /^The sign-in plugin "hang.sh" did not answer within 10 s and was ended/,
    /Run `.*hang.sh` in a terminal/,
  ],
  ['slow-plugin-silent', /context "slow-plugin-silent" did not answer within 11 s/, /the time counts the sign-in too/],
  ['missing-plugin', /^The sign-in plugin "podwatt-no-such-plugin" was not found/, /PATH/],
  ['sign-in-page', /did not answer like a Kubernetes API server/, /sign-in page or proxy may be in between/],
];

/** The API server answers, and the metrics do not come: the cluster is read without, and says why. */
const METRICS: readonly (readonly [ContextName, RegExp, RegExp])[] = [
  ['no-services', /does not let you list services/, /resources \["services"\], verbs \["list"\].*give the address/],
  [
    'no-proxy',
    /does not let you get services\/proxy in monitoring/,
    /resources \["services\/proxy"\], verbs \["get"\]/,
  ],
  ['no-prometheus', /^No Prometheus was found among the Services/, /Install Prometheus.*or give its address/],
  ['prometheus-down', /can't reach the Service monitoring\/prometheus-server:80/, /pods may not be running/],
  ['web-page', /^A web page answered at .* instead of Prometheus/, /A sign-in page or another program/],
  ['refuses-sign-in', new RegExp(`^Prometheus ${PROXIED} refused the credentials`), /Set a valid token/],
  ['refuses-access', new RegExp(`^Prometheus ${PROXIED} does not allow these credentials`), /services\/proxy/],
  ['fails', new RegExp(`^Prometheus ${PROXIED} answered with HTTP 500`), /look at its log/],
  [
    'not-ready',
    new RegExp(`^Prometheus ${PROXIED} is not ready to answer \\(HTTP 503\\)`),
    /its pods run and are ready/,
  ],
  [
    'prometheus-silent',
    // On a busy machine the limit of the whole check may come first.
    new RegExp(`^Prometheus ${PROXIED} did not answer within 9 s|^The questions to Prometheus took longer than`),
    /overloaded/,
  ],
  ['cut-off', new RegExp(`The answer of Prometheus ${PROXIED} is damaged or incomplete`), /tried again later/],
  ['no-numbers', new RegExp(`^Prometheus ${PROXIED} answers with values that are no numbers`), /restart it/],
];

const WELL: readonly ContextName[] = ['healthy', 'no-nodes', 'no-pods', 'get-only'];
const BROKEN = CONTEXTS.filter((name) => !WELL.includes(name));
/** Each waits for its own time limit; once is enough. */
const HANGING: readonly ContextName[] = ['silent', 'hanging-plugin', 'slow-plugin-silent', 'prometheus-silent'];

describe.runIf(needs('prometheus'))('many contexts switched on at once, most of them broken', () => {
  const closing = new Closing();
  let opened: OpenedBackend;
  let checked: Map<ContextName, Checked>;
  let told: Map<string, Told>;
  let dataBeforeTheSlowest: string | null = null;
  beforeAll(async () => {
    const prometheus = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
    closing.add({ close: () => prometheus.stop() });
    const files = await prepareContexts(closing, prometheus.url);
    opened = await openBackend(closing, [BROKEN_FILE, ...files], { initialContexts: CONTEXTS });
    await opened.backend.start();
    const { client } = opened;
    const checks = CONTEXTS.map(async (name) => [name, await check(client, name)] as const);
    const withoutMetrics = METRICS.map(([name]) => name);
    const unreached = BROKEN.filter((name) => !withoutMetrics.includes(name));
    const [ofContexts, ofUsage] = await Promise.all([
      watchTrouble(client, unreached, 60_000),
      watchUsage(client, withoutMetrics, 60_000),
    ]);
    told = new Map([...ofContexts, ...ofUsage]);
    dataBeforeTheSlowest = (await clusterOf('healthy'))?.last_window_end ?? null;
    checked = new Map(await Promise.all(checks));
  });
  afterAll(() => closing.close());

  const clusterOf = async (name: ContextName) =>
    (await opened.client.clusters.list()).clusters.find((item) => item.context_name === name);
  const stored = (clusterId: string) =>
    withTables(opened.dataDir, (database) => {
      const one = (sql: string): unknown => database.prepare(`${sql} where cluster_id = ?`).pluck().get(clusterId);
      return {
        rows: one('select count(*) from combined_metrics'),
        windows: one('select count(*) from collection_runs'),
        cpuSeconds: one('select sum(cpu_seconds) from node_windows'),
        joules: one('select sum(joules) from combined_metrics'),
        low: one('select sum(joules_low) from combined_metrics'),
        high: one('select sum(joules_high) from combined_metrics'),
        estimated: one('select sum(is_estimated) from combined_metrics'),
      };
    });

  it.each(KUBERNETES)('%s: the check says so with a way out', (name, message, hint) => {
    const { steps, milliseconds } = checked.get(name)!;
    const step = steps.find(({ source }) => source === 'kubernetes');
    expect(step?.state).toBe('failed');
    expect(step?.detail).toMatch(message);
    expect(step?.hint).toMatch(hint);
    expect(steps.find(({ source }) => source === 'usage')?.state).toBe('not-tried');
    expect(milliseconds - checked.get('down')!.milliseconds).toBeLessThan(LIMIT_MILLISECONDS);
  });

  it.each(KUBERNETES)('%s: its reading says so too, and stores nothing', async (name, message, hint) => {
    expectTold(told.get(name), told.get('down'), message, hint);
    // It was never reached, so there is no cluster that figures could belong to.
    expect(await clusterOf(name)).toBeUndefined();
    const health = await opened.client.system.health();
    expect(health.status).toBe('degraded');
    const source = health.sources.find(({ detail }) => message.test(detail));
    expect(source).toMatchObject({ name: 'kubernetes', state: 'failed', hint: expect.stringMatching(hint) });
  });

  it.each(METRICS)('%s: the check says so with a way out, and what serves meanwhile', (name, message, hint) => {
    const { steps, milliseconds } = checked.get(name)!;
    expect(steps.find(({ source }) => source === 'kubernetes')?.state).toMatch(/passed|partial/);
    const step = steps.find(({ source }) => source === 'usage');
    expect(step?.state).toBe('partial');
    expect(step?.detail).toMatch(message);
    expect(step?.detail).toMatch(/Pods count with their requests and nodes at idle power\.$/);
    expect(step?.hint).toMatch(hint);
    expect(milliseconds - checked.get('down')!.milliseconds).toBeLessThan(LIMIT_MILLISECONDS);
  });

  it.each(METRICS)(
    '%s: it is collected all the same; its past waits, and no window of it is closed',
    async (name, message, hint) => {
      expectTold(told.get(name), told.get('down'), message, hint);
      const item = (await clusterOf(name))!;
      expect(item).toMatchObject({
        state: 'collecting',
        collecting: true,
        last_window_end: null,
        last_error: null,
      });
      const health = await opened.client.system.health();
      const source = health.sources.find((each) => each.cluster_id === item.id && each.name === 'usage');
      expect(source).toMatchObject({
        state: 'partial',
        detail: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      expect(stored(item.id)).toMatchObject({ rows: 0, windows: 0, cpuSeconds: null, joules: null });
    },
  );

  it('a user that no kubeconfig holds is named before anything is sent', async () => {
    const item = (await opened.client.contexts.list()).contexts.find(({ name }) => name === 'missing-user');
    expect(item?.problem).toMatchObject({
      message: expect.stringMatching(/user "somebody-else"/),
      hint: expect.stringMatching(/Add the user/),
    });
    expect(checked.get('missing-user')?.error?.message).toBe(item?.problem?.message);
  });

  it('a broken file is named with its line, and the contexts of the others are there', async () => {
    const { files, contexts } = await opened.client.contexts.list();
    expect(files[0]?.problem).toMatchObject({
      message: expect.stringMatching(/is not valid YAML \(line 4\)/),
      hint: expect.stringMatching(/Correct the file/),
    });
    expect(contexts.map(({ name }) => name)).toEqual(expect.arrayContaining([...CONTEXTS]));
    expect(JSON.stringify(files)).not.toMatch(SECRETS);
  });

  it('each failure has words of its own', () => {
    const messages = BROKEN.map((name) => told.get(name)!.message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'));
    expect(new Set(messages).size).toBe(BROKEN.length);
  });

  it('the healthy one is read meanwhile', async () => {
    expect(dataBeforeTheSlowest).not.toBeNull();
    await expect.poll(async () => (await clusterOf('healthy'))?.state, { timeout: 30_000 }).toBe('collecting');
    const item = (await clusterOf('healthy'))!;
    expect(item.last_error).toBeNull();
    expect(stored(item.id).joules).toBeGreaterThan(0);
  });

  it.each([
    ['no-nodes', /does not let you list nodes/, /resources \["nodes"\]/],
    ['no-pods', /does not let you list pods/, /resources \["pods"\]/],
  ] as const)('%s: the rest is read, and what is missing is named', async (name, message, hint) => {
    const step = checked.get(name)?.steps.find(({ source }) => source === 'kubernetes');
    expect(step).toMatchObject({
      state: 'partial',
      detail: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    await expect.poll(async () => (await clusterOf(name))?.state, { timeout: 30_000 }).toBe('collecting');
    const [partial, whole] = [stored((await clusterOf(name))!.id), stored((await clusterOf('healthy'))!.id)];
    expect(partial).toMatchObject({ windows: whole.windows, rows: whole.rows });
    expect(partial.cpuSeconds).toBeCloseTo(Number(whole.cpuSeconds), -1);
    // Where the type of a node is not known its power is an estimate, and says so.
    if (name === 'no-nodes') expect(partial.estimated).toBe(partial.rows);
    if (name === 'no-pods') expect(Number(partial.joules) / Number(whole.joules)).toBeCloseTo(1, 2);
    expect(Number(partial.low)).toBeLessThan(Number(whole.joules));
    expect(Number(partial.high)).toBeGreaterThan(Number(whole.joules));
  });

  it('a role with get and without create on services/proxy is enough', async () => {
    expect(checked.get('get-only')?.steps.find(({ source }) => source === 'usage')?.state).toBe('passed');
    await expect.poll(async () => (await clusterOf('get-only'))?.state, { timeout: 30_000 }).toBe('collecting');
    const [got, whole] = [stored((await clusterOf('get-only'))!.id), stored((await clusterOf('healthy'))!.id)];
    expect(got).toEqual(whole);
  });

  it('collect ends with the same words', async () => {
    const quick = BROKEN.filter((name) => !HANGING.includes(name));
    const ends = await Promise.all(quick.map(async (name) => [name, await collect(opened.client, name)] as const));
    for (const [name, { rows, error }] of ends) {
      expect(rows, name).toBe(0);
      expect(error, name).toMatchObject({ message: told.get(name)?.message, hint: told.get(name)?.hint });
    }
  });
});

function expectTold(told: Told | undefined, quickest: Told | undefined, message: RegExp, hint: RegExp): void {
  expect(told?.message).toMatch(message);
  expect(told?.hint).toMatch(hint);
  expect(Number(told?.milliseconds) - Number(quickest?.milliseconds)).toBeLessThan(LIMIT_MILLISECONDS);
  expect(`${told?.message} ${told?.hint}`).not.toMatch(SECRETS);
}
