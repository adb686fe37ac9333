import { it } from 'vitest';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { openNewElasticsearch } from '../open-elasticsearch.ts';
import { CLUSTER, NEW_YEAR, sampleRow, sampleWindow } from '../sample-windows.ts';
it('es', { timeout: 500_000 }, async () => {
  const fixture = await openNewElasticsearch();
  const { store } = fixture;
  for (let hour = 0; hour < 12; hour++) {
    const rows = [];
    for (let p = 0; p < 3000; p++) rows.push(sampleRow({ podName: `pod-${p}`, node: `node-${p % 60}`, namespace: `ns-${(p % 1000) % 40}`, ownerName: `app-${p % 1000}`, team: `team-${(p % 1000) % 7}` }, 1 + ((p * 31 + hour) % 17) / 7));
    await store.replaceWindow(sampleWindow(NEW_YEAR + hour * 3600, rows, { durationSeconds: 3600 }), 1);
  }
  await store.maintain(DEFAULT_RETENTION, NEW_YEAR + 12 * 3600 + 7200);
  const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 12 * 3600 };
  for (const by of ['workload', 'node', 'workload', 'workload'] as const) {
    const s = performance.now();
    const u = await store.usageHours({ clusterId: CLUSTER, range, by });
    console.log(by, u.keys.length, u.keyIndex.length, Math.round(performance.now() - s), 'ms');
  }
  await fixture.remove();
});
