import { afterEach, expect, test } from 'vitest';
import type { ConnectOptions } from '../../../../src/core/ports/cluster-source.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, NOW, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';
import { electricityMapsAnswers } from '../../../fakes/grid/grid-bench.ts';
import { startScriptedService } from '../../../fakes/grid/scripted-service.ts';

let made: TestBackend | undefined;
let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await made?.backend.stop();
  await close();
});

/** A cluster that keeps what it was connected with. */
function listening() {
  const cluster = new FakeCluster();
  const connect = cluster.connect.bind(cluster);
  const seen: ConnectOptions[] = [];
  Object.assign(cluster, {
    connect: (_name: string, options: ConnectOptions) => {
      seen.push(options);
      return connect();
    },
  });
  return { cluster, seen };
}

test('a connection can ask what grid and hardware are known from, and a reading shows it among the states of its cluster', async () => {
  const answers = electricityMapsAnswers();
  const service = await startScriptedService((request) => answers(NOW, request));
  close = () => service.stop();
  const { cluster, seen } = listening();
  made = await testBackend({
    clusters: [cluster],
    initialContexts: ['one'],
    gridAddresses: { electricityMaps: service.url },
    sources: { electricityMapsKey: 'key-of-test' },
    env: {},
  });
  await collectAll(made, 'one', '3h');
  const words = await seen.at(-1)?.coefficientWords?.(AbortSignal.timeout(5000));
  expect(words?.grid).toMatchObject({ state: 'passed', detail: 'Live intensity of FR from Electricity Maps' });
  await made.backend.start();
  for (let seconds = 0; seconds < 20; seconds += 1) await made.time.advance(1);
  const { clusters } = await made.client.clusters.list();
  expect(clusters[0]?.sources.find(({ name }) => name === 'grid')).toEqual({
    name: 'grid',
    state: 'ok',
    detail: 'Live intensity of FR from Electricity Maps',
  });
  expect(words?.hardware.detail).toBe('Power and embodied emissions from the bundled tables');
});
