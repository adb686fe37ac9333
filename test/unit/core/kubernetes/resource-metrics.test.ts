import { describe, expect, test } from 'vitest';
import { type MetricNames, resourceMetrics } from '../../../../src/core/kubernetes/resource-metrics.ts';
import type { NodeWindowRow, ResultRow, WindowResult } from '../../../../src/model/results.ts';
import { sampleRow, volumeRow } from '../../../contract/storage/sample-windows.ts';

const pod = (podName: string, node: string, part: Partial<ResultRow> = {}) =>
  sampleRow({
    namespace: 'shop',
    podName,
    node,
    cpuUsageMillicores: 500,
    memoryUsageBytes: 100,
    networkReceiveBytes: 10,
    networkTransmitBytes: 20,
    ephemeralStorageUsageBytes: 7,
    restartCount: 1,
    ...part,
  });
const machine = (node: string, cpuSeconds: number | null) => ({ node, cpuSeconds }) as NodeWindowRow;

function result(rows: ResultRow[], nodeWindows: NodeWindowRow[]): WindowResult {
  const window = { startSeconds: 3_000, durationSeconds: 300 as const };
  const entry = {
    clusterId: 'c',
    window,
    state: 'whole' as const,
    coveredSeconds: 300,
    reason: null,
    notices: [],
    rowCount: rows.length,
    closedAtSeconds: 3_400,
  };
  return { entry, rows, nodeWindows, nodeSnapshots: [] };
}

const names: MetricNames = {
  clusterId: 'c',
  pod: (namespace, name) =>
    name === 'unknown'
      ? null
      : {
          podId: `pod-${name}`,
          namespaceId: `ns-${namespace}`,
          workloadId: name.startsWith('cart') ? 'w-cart' : null,
          oomKills: name === 'cart-1' ? 2 : 0,
        },
  namespaceId: (name) => `ns-${name}`,
  nodeId: (name) => (name === 'lost' ? null : `node-${name}`),
};

describe('metrics at five levels', () => {
  const rows = resourceMetrics(
    result(
      [
        pod('cart-1', 'a'),
        pod('cart-1', 'b'),
        pod('cart-2', 'a'),
        pod('bare', 'b'),
        pod('unknown', 'lost'),
        volumeRow({ storageUsageBytes: 1_000 }),
      ],
      [machine('a', 600), machine('b', null), machine('lost', 300)],
    ),
    names,
  );
  const at = (level: string, objectId: string) => rows.find((row) => row.level === level && row.objectId === objectId);

  test('a pod that moved is one, with its kills once', () => {
    expect(at('pod', 'pod-cart-1')).toMatchObject({
      cpuUsageCores: 1,
      memoryUsageBytes: 200,
      restarts: 2,
      oomKills: 2,
      namespaceId: 'ns-shop',
      workloadId: 'w-cart',
      collectedAtSeconds: 3_000,
    });
  });

  test('workloads and namespaces are the sums of their pods', () => {
    expect(at('deployment', 'w-cart')).toMatchObject({
      cpuUsageCores: 1.5,
      memoryUsageBytes: 300,
      restarts: 3,
      oomKills: 2,
    });
    expect(at('namespace', 'ns-shop')).toMatchObject({
      cpuUsageCores: 2.5,
      memoryUsageBytes: 500,
      storageUsageBytes: 35,
    });
  });

  test('nodes and the cluster have the CPU of the whole machines', () => {
    expect(at('node', 'node-a')).toMatchObject({ cpuUsageCores: 2, memoryUsageBytes: 200, networkReceiveBytes: 20 });
    expect(at('node', 'node-lost')).toBeUndefined();
    expect(at('cluster', 'c')).toMatchObject({
      cpuUsageCores: 3,
      memoryUsageBytes: 500,
      storageUsageBytes: 1_035,
      oomKills: 2,
    });
  });

  test('each object has one row of the window', () => {
    const keys = rows.map(({ objectId }) => objectId);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Object.keys(Object.groupBy(rows, ({ level }) => level)).sort()).toEqual([
      'cluster',
      'deployment',
      'namespace',
      'node',
      'pod',
    ]);
  });
});
