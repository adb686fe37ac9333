import type { UsageNow } from '../../core/kubernetes/rows.ts';
import type { WindowResult } from '../../model/results.ts';

/** What nodes and namespaces used in a window, by name, as far as their pods were measured; no entry where none was. */
export function usageNow(result: WindowResult): {
  nodeUsage: ReadonlyMap<string, UsageNow>;
  namespaceUsage: ReadonlyMap<string, UsageNow>;
} {
  const { durationSeconds } = result.entry.window;
  const nodes = new Map<string, UsageNow>();
  const namespaces = new Map<string, UsageNow>();
  for (const { node, cpuSeconds } of result.nodeWindows) {
    nodes.set(node, {
      cpuUsageCores: cpuSeconds === null ? null : cpuSeconds / durationSeconds,
      memoryUsageBytes: null,
    });
  }
  for (const { rowKind, node, namespace, cpuUsageMillicores, memoryUsageBytes, sources } of result.rows) {
    // A pod that nothing measured is no pod that used nothing.
    if (rowKind !== 'pod' || sources.usage === 'requests') continue;
    addTo(namespaces, namespace, cpuUsageMillicores / 1000, memoryUsageBytes);
    if (nodes.has(node)) addTo(nodes, node, 0, memoryUsageBytes);
  }
  return { nodeUsage: nodes, namespaceUsage: namespaces };
}

function addTo(all: Map<string, UsageNow>, name: string, cpuCores: number, memoryBytes: number): void {
  const before = all.get(name);
  const cpu = before === undefined ? cpuCores : before.cpuUsageCores === null ? null : before.cpuUsageCores + cpuCores;
  all.set(name, {
    cpuUsageCores: cpu,
    memoryUsageBytes: Math.round((before?.memoryUsageBytes ?? 0) + memoryBytes),
  });
}
