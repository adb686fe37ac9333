import type { NamespaceHour } from '../../../src/core/ports/cost-sums.ts';
import type { StoredRow } from '../../../src/core/ports/results-store.ts';

/** Costs by namespace and hour, row after row. */
export function namespaceHours(rows: readonly StoredRow[]): NamespaceHour[] {
  const lines = new Map<string, { -readonly [Field in keyof NamespaceHour]: NamespaceHour[Field] }>();
  for (const row of rows) {
    const startSeconds = row.startSeconds - (row.startSeconds % 3600);
    const id = `${startSeconds} ${row.namespace}`;
    const line = lines.get(id) ?? {
      namespace: row.namespace,
      startSeconds,
      cpuCost: 0,
      memoryCost: 0,
      gpuCost: 0,
      storageCost: 0,
      networkCost: 0,
      cpuMillicoreSeconds: 0,
      memoryByteSeconds: 0,
      storageByteSeconds: 0,
      networkBytes: 0,
    };
    const heldSeconds = row.rowKind === 'pod' ? row.durationSeconds : 0;
    line.cpuCost += row.costCpu;
    line.memoryCost += row.costMemory;
    line.gpuCost += row.costGpu;
    line.storageCost += row.costStorage;
    line.networkCost += row.costNetwork;
    line.cpuMillicoreSeconds += Math.max(row.cpuRequestMillicores, row.cpuUsageMillicores) * heldSeconds;
    line.memoryByteSeconds += Math.max(row.memoryRequestBytes, row.memoryUsageBytes) * heldSeconds;
    line.storageByteSeconds += (row.storageRequestBytes ?? 0) * row.durationSeconds;
    line.networkBytes += row.networkReceiveBytes + row.networkTransmitBytes;
    lines.set(id, line);
  }
  return [...lines.values()].sort((a, b) => a.startSeconds - b.startSeconds || (a.namespace < b.namespace ? -1 : 1));
}
