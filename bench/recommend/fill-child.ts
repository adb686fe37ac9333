// Fills a results file with the fleet and reads its hours plainly, in a process of its own: its memory is nobody else's.
import { lookBack } from '../../src/backend/recommendations/cluster-run.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/recommendations/thresholds.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { fill } from '../storage/fill.ts';
import { NOW } from '../storage/fleet.ts';
import { FLEET } from './cluster.ts';

const store = await openSqliteResults({ file: process.argv[2] ?? '' });
await store.putCluster({
  id: FLEET.clusterId,
  name: 'bench',
  contextName: 'bench',
  serverUrl: 'https://bench.invalid',
  serverVersion: null,
  provider: 'aws',
  region: 'eu-west-3',
  currency: 'USD',
  nodeCount: FLEET.nodes,
  podCount: FLEET.pods,
  createdAtSeconds: NOW,
  updatedAtSeconds: NOW,
  lastSyncAtSeconds: null,
  lastError: null,
});
const { rows, seconds } = await fill(store, FLEET);
const range = lookBack(DEFAULT_THRESHOLDS, NOW);
// The first reading warms up what the second is measured with.
let plainSeconds = 0;
for (let round = 0; round < 2; round += 1) {
  const started = performance.now();
  for (const by of ['workload', 'node'] as const) await store.usageHours({ clusterId: FLEET.clusterId, range, by });
  plainSeconds = (performance.now() - started) / 1000;
}
await store.close();
console.log(JSON.stringify({ rows, seconds, plainSeconds }));
