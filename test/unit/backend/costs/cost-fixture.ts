import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { CostWorker } from '../../../../src/backend/costs/cost-worker.ts';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { LeaseKeeper } from '../../../../src/backend/store/lease-keeper.ts';
import { placeholderNamespace } from '../../../../src/core/cost-attribution/pseudo-namespaces.ts';
import type { KubeNamespace } from '../../../../src/model/kubernetes/objects.ts';
import type { ResultRow, WindowResult } from '../../../../src/model/results.ts';
import { CLUSTER, nodeRow, sampleRow, sampleWindow, volumeRow } from '../../../contract/storage/sample-windows.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

export const at = (text: string): number => Date.parse(text) / 1000;

export const CLUSTER_RECORD = {
  id: CLUSTER,
  name: 'prod',
  contextName: 'prod',
  serverUrl: 'https://10.0.0.1',
  serverVersion: null,
  provider: null,
  region: null,
  currency: 'EUR',
  nodeCount: null,
  podCount: null,
  createdAtSeconds: 0,
  updatedAtSeconds: 0,
  lastSyncAtSeconds: null,
  lastError: null,
};

/** A store with one cluster, and the parts that a cost worker needs; `worker()` is another process on the same store. */
export class CostFixture {
  readonly store = new MemoryStore();
  readonly time: ManualTime;
  readonly changes = new ChangeFeed();
  isFirstSyncPending = false;
  #made = 0;

  constructor(now: string) {
    this.time = new ManualTime(at(now));
    this.store.leases.nowSeconds = () => this.time.nowSeconds();
    this.store.clusters.set(CLUSTER, CLUSTER_RECORD);
  }

  keeper(): LeaseKeeper {
    this.#made += 1;
    const holder = `process-${this.#made}`;
    const { store, time } = this;
    return new LeaseKeeper({
      store,
      clock: time,
      timers: time,
      log: SILENT_LOG,
      holder: () => holder,
      holderName: holder,
    });
  }

  worker(leases = this.keeper(), changes = this.changes): CostWorker {
    const { store, time } = this;
    return new CostWorker({
      store,
      leases,
      changes,
      clock: time,
      timers: time,
      log: SILENT_LOG,
      canWrite: () => true,
      isFirstSyncPending: () => this.isFirstSyncPending,
    });
  }

  addNamespace(name: string, part: Partial<KubeNamespace> = {}): void {
    const id = `ns-${name}`;
    const namespace = {
      ...placeholderNamespace(id, CLUSTER, name, 0),
      status: 'Active',
      deletedAtSeconds: null,
      ...part,
    };
    this.store.kubernetes.namespaces.set(id, namespace);
  }

  /** Stores a window and tells of it, as a reading does. */
  async write(window: WindowResult, told = true): Promise<void> {
    const lease = await this.store.takeLease({
      clusterId: CLUSTER,
      holder: 'reader',
      holderName: 'reader',
      durationSeconds: 1,
    });
    const epoch = lease.kind === 'held' ? lease.lease.epoch : lease.by.epoch;
    await this.store.replaceWindow(window, epoch);
    if (lease.kind === 'held') await this.store.releaseLease(lease.lease);
    const { startSeconds, durationSeconds } = window.entry.window;
    const range = { startSeconds, endSeconds: startSeconds + durationSeconds };
    if (told) this.changes.publish({ kind: 'windows', clusterId: CLUSTER, range });
  }

  /** Rows of costs, by `namespace date hour`. */
  rows(): Map<string, { total: number; team: string | null; coreHours: number }> {
    const names = new Map([...this.store.kubernetes.namespaces.values()].map(({ id, name }) => [id, name]));
    return new Map(
      [...this.store.costRows.values()].map((row) => [
        `${names.get(row.namespaceId)} ${row.date} ${row.hour ?? 'day'}`,
        { total: row.totalCost, team: row.teamName, coreHours: row.cpuCoreHours },
      ]),
    );
  }

  total(grain: 'hour' | 'day'): number {
    return [...this.store.costRows.values()]
      .filter(({ hour }) => (hour === null) === (grain === 'day'))
      .reduce((sum, { totalCost }) => sum + totalCost, 0);
  }

  resultTotal(): number {
    return [...this.store.results.values()].flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.totalCost, 0);
  }
}

/** A row that costs this, by CPU and memory. */
export function costRow(namespace: string, cpu: number, memory = 0, part: Partial<ResultRow> = {}): ResultRow {
  const cost = {
    costCpu: cpu,
    costMemory: memory,
    costGpu: 0,
    costStorage: 0,
    costNetwork: 0,
    totalCost: cpu + memory,
  };
  switch (namespace) {
    case '__unallocated__':
      return nodeRow('unallocated', { ...cost, ...part });
    case '__system__':
      return nodeRow('system', { ...cost, ...part });
    case '__storage__':
      return volumeRow({ ...cost, costStorage: cpu, costCpu: 0, ...part });
    default:
      return sampleRow({ namespace, podName: `${namespace}-0`, ...cost, ...part });
  }
}

/** An hour's window of rows. */
export function hourWindow(start: string | number, rows: readonly ResultRow[]): WindowResult {
  return sampleWindow(typeof start === 'number' ? start : at(start), rows, { durationSeconds: 3600 });
}
