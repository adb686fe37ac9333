import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const open: TestBackend[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.backend.stop();
});
async function started(cluster: FakeCluster): Promise<TestBackend> {
  const made = await testBackend({ clusters: [cluster], initialContexts: ['one'], backfillSeconds: 7200 });
  open.push(made);
  await made.backend.start();
  await settle(300);
  return made;
}
const clusterOf = async ({ client }: TestBackend) => (await client.clusters.list()).clusters[0];
const lengths = ({ store }: TestBackend) =>
  new Set([...store.results.values()].map(({ entry }) => entry.window.durationSeconds));
async function progressOf({ client }: TestBackend) {
  for await (const progress of await client.clusters.progress({ cluster: 'id-of-one' })) return progress;
  return null;
}
const absent = new Failure('not-found', 'No Prometheus was found', { hint: 'Install it.' });

describe('a cluster whose past nobody can tell', () => {
  test('is collected from now on; its history ends with the reason, and is not closed as empty', async () => {
    const cluster = new FakeCluster();
    cluster.historyProblem = absent;
    const made = await started(cluster);
    await made.time.advance(900);
    expect(await clusterOf(made)).toMatchObject({ state: 'collecting', last_error: null });
    expect(lengths(made)).toEqual(new Set([300]));
    expect(await progressOf(made)).toMatchObject({
      state: 'done',
      windows_done: 0,
      message: { message: "The past can't be read now. No Prometheus was found", hint: 'Install it.' },
    });
  });

  test('has it read as soon as somebody can', async () => {
    const cluster = new FakeCluster();
    cluster.historyProblem = absent;
    const made = await started(cluster);
    await made.time.advance(300);
    cluster.historyProblem = null;
    await made.time.advance(600);
    expect(lengths(made)).toEqual(new Set([300, 3600]));
    expect(await progressOf(made)).toMatchObject({ state: 'done', message: null, windows_done: 2 });
  });

  test('says so among its sources when no window was read yet', async () => {
    const cluster = new FakeCluster();
    cluster.historyProblem = absent;
    const made = await testBackend({ clusters: [cluster], initialContexts: ['one'] });
    open.push(made);
    made.time.sleep(3600 - 7 * 60 + 95);
    await made.backend.start();
    await settle(300);
    expect(made.store.results.size).toBe(0);
    const usage = (await made.client.system.health()).sources.find(({ name }) => name === 'usage');
    expect(usage).toMatchObject({ state: 'partial', detail: 'No Prometheus was found', hint: 'Install it.' });
  });
});

describe('a reading that fails', () => {
  const down = () => {
    throw new Failure('unreachable', 'Prometheus is down', { hint: 'Wait.' });
  };

  test('keeps a connection that remembers samples, and says that it fails', async () => {
    const cluster = new FakeCluster();
    const made = await started(cluster);
    const before = cluster.connections;
    cluster.isWorthKeeping = true;
    cluster.before = down;
    await made.time.advance(600);
    expect([cluster.connections - before, cluster.connections - cluster.closed]).toEqual([0, 1]);
    expect(await clusterOf(made)).toMatchObject({ state: 'failing', last_error: { message: 'Prometheus is down' } });
    cluster.before = () => undefined;
    await made.time.advance(600);
    expect(await clusterOf(made)).toMatchObject({ state: 'collecting', last_error: null });
    expect(cluster.connections).toBe(before);
  });

  test('does not keep it where the API server is what failed', async () => {
    const cluster = new FakeCluster();
    const made = await started(cluster);
    cluster.isWorthKeeping = true;
    cluster.before = down;
    await made.time.advance(300);
    cluster.inventory = down;
    await made.time.advance(300);
    expect(cluster.connections - cluster.closed).toBe(0);
  });
});
