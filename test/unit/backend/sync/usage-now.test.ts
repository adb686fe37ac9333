import { expect, test } from 'vitest';
import { usageNow } from '../../../../src/backend/sync/usage-now.ts';
import type { NodeWindowRow, WindowResult } from '../../../../src/model/results.ts';
import { sampleRow, volumeRow } from '../../../contract/storage/sample-windows.ts';

test('the present use of nodes and namespaces: unknown CPU stays unknown, rows that are no pod count nowhere', () => {
  const pod = (podName: string, node: string) =>
    sampleRow({ namespace: 'shop', podName, node, cpuUsageMillicores: 500, memoryUsageBytes: 100 });
  const machine = (node: string, cpuSeconds: number | null) => ({ node, cpuSeconds }) as NodeWindowRow;
  const { nodeUsage, namespaceUsage } = usageNow({
    entry: { window: { startSeconds: 3_000, durationSeconds: 300 } },
    rows: [pod('x', 'a'), pod('y', 'b'), pod('z', 'lost'), volumeRow()],
    nodeWindows: [machine('a', 600), machine('b', null)],
    nodeSnapshots: [],
  } as unknown as WindowResult);
  expect(nodeUsage.get('a')).toEqual({ cpuUsageCores: 2, memoryUsageBytes: 100 });
  expect(nodeUsage.get('b')).toEqual({ cpuUsageCores: null, memoryUsageBytes: 100 });
  expect(nodeUsage.has('lost')).toBe(false);
  expect([...namespaceUsage]).toEqual([['shop', { cpuUsageCores: 1.5, memoryUsageBytes: 300 }]]);
});

test('a pod that nothing measured counts for nothing, and a namespace of only such pods is not known', () => {
  const measured = sampleRow({ namespace: 'shop', podName: 'x', cpuUsageMillicores: 500, memoryUsageBytes: 100 });
  const guessed = (namespace: string) =>
    sampleRow({ namespace, podName: 'y', cpuUsageMillicores: 0, sources: { ...measured.sources, usage: 'requests' } });
  const { namespaceUsage } = usageNow({
    entry: { window: { startSeconds: 3_000, durationSeconds: 300 } },
    rows: [measured, guessed('shop'), guessed('quiet')],
    nodeWindows: [],
    nodeSnapshots: [],
  } as unknown as WindowResult);
  expect([...namespaceUsage]).toEqual([['shop', { cpuUsageCores: 0.5, memoryUsageBytes: 100 }]]);
});
