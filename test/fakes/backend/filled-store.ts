import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { AuditEntry } from '../../../src/model/audit.ts';
import type { IntensityRecord } from '../../../src/model/grid.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import {
  clusterEntryOf,
  idOf,
  NO_OBJECTS,
  namespaceId,
  recordedBatch,
} from '../../contract/storage/kubernetes/recorded-objects.ts';
import { ALERT, BUDGET, cost, metric } from '../../contract/storage/kubernetes/sample-figures.ts';
import {
  CLUSTER,
  DAY,
  gpuRow,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
  volumeRow,
} from '../../contract/storage/sample-windows.ts';
import {
  change,
  recommendation,
  regressed,
  savingsDay,
  score,
} from '../../contract/storage/savings/sample-recommendations.ts';

/** The epoch that these are written with. */
const EPOCH = 3;
/** Windows of `CLUSTER` that `fillStore` writes. */
export const FILLED_WINDOWS = 3 * 6 + 2;

/** Three days: an hour of backfill, four live windows, then a window a day that says nothing and one that is partial. */
export function windowsOf(clusterId: string): readonly WindowResult[] {
  const windows: WindowResult[] = [];
  for (const day of [0, 1, 2]) {
    const start = NEW_YEAR + day * DAY + 20 * HOUR;
    const hour = sampleWindow(start, rowsOf(clusterId, day + 1), { clusterId, durationSeconds: 3600 });
    windows.push({ ...hour, ...nodesOf(clusterId, day) });
    for (let part = 0; part < 4; part += 1) {
      const rows = rowsOf(clusterId, 1 + part / 3);
      windows.push({
        ...sampleWindow(start + HOUR + part * 300, rows, { clusterId }),
        ...nodesOf(clusterId, day),
      });
    }
    const nothing = { state: 'no-data', coveredSeconds: 0, reason: 'nobody answered' } as const;
    windows.push(sampleWindow(start + 2 * HOUR, [], { clusterId, entry: nothing }));
  }
  const notices = [{ code: 'x', severity: 'info', message: 'm', hint: 'h' }] as const;
  const partial = { state: 'partial', coveredSeconds: 120, reason: 'late', notices } as const;
  const last = NEW_YEAR + 2 * DAY + 23 * HOUR;
  windows.push(sampleWindow(last, rowsOf(clusterId, 7), { clusterId, entry: partial }));
  windows.push(sampleWindow(last + 300, [], { clusterId }));
  return windows;
}

function rowsOf(clusterId: string, size: number): readonly ResultRow[] {
  return [
    sampleRow({ clusterId }, size),
    gpuRow({ clusterId, podName: 'train-0', team: null }, size),
    volumeRow({ clusterId }, size),
    nodeRow('system', { clusterId }, size),
    nodeRow('unallocated', { clusterId, node: 'n2' }, size / 3),
  ];
}

/** A node that changes with the second day. */
function nodesOf(clusterId: string, day: number): Pick<WindowResult, 'nodeWindows' | 'nodeSnapshots'> {
  return {
    nodeWindows: [sampleNodeWindow({ clusterId }), sampleNodeWindow({ clusterId, node: 'n2', utilisation: 0.1 })],
    nodeSnapshots: [
      sampleSnapshot({ clusterId, snapshotAtSeconds: NEW_YEAR + day * DAY + 20 * HOUR }),
      sampleSnapshot({ clusterId, name: 'n2', instanceType: day === 0 ? null : 'm5.xlarge' }),
    ],
  };
}

export function intensity(part: Partial<IntensityRecord>): IntensityRecord {
  return {
    zone: 'FR',
    startSeconds: NEW_YEAR,
    durationSeconds: 3600,
    gramsPerKwh: 52.123456789,
    kind: 'average',
    factorType: 'lifecycle',
    isEstimated: false,
    isForecast: false,
    source: 'electricity-maps',
    ...part,
  };
}

const AUDITED: AuditEntry = {
  id: idOf('audit'),
  atSeconds: NEW_YEAR + DAY,
  clusterId: 'gone-long-ago',
  cause: 'pue',
  reason: 'PUE 1.2 → 1.15',
  range: { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY },
  windowCount: 3,
  before: { co2eGrams: 1.5, embodiedCo2eGrams: 0.5, totalCost: 2, joules: 1000 },
  after: { co2eGrams: 1.25, embodiedCo2eGrams: 0.5, totalCost: 2, joules: 1000 },
  calculationVersion: '1',
};

/** Something of everything that a results store holds, what is gone and what no page shows included. */
export async function fillStore(store: ResultsStore): Promise<void> {
  await store.putClusterEntry(clusterEntryOf());
  await store.putClusterEntry(
    clusterEntryOf(OTHER_CLUSTER, { name: 'Staging', status: 'paused', costCurrency: 'USD' }),
  );
  for (const window of windowsOf(CLUSTER)) await store.replaceWindow(window, EPOCH);
  for (const window of windowsOf(OTHER_CLUSTER).slice(0, 3)) await store.replaceWindow(window, EPOCH);
  await fillKubernetes(store);
  await fillSavings(store);
  const marginal = { kind: 'marginal', gramsPerKwh: 400 } as const;
  const forecast = { startSeconds: NEW_YEAR + HOUR, isForecast: true, isEstimated: true } as const;
  await store.putIntensities([intensity({}), intensity(marginal), intensity(forecast), intensity({ zone: 'DE' })]);
  const remembered = { updatedAtSeconds: NEW_YEAR, expiresAtSeconds: NEW_YEAR + DAY, source: 'boavizta' };
  const figures = { kilograms: 1142.9, lowKilograms: 900, highKilograms: null, lifespanHours: 35_040 };
  await store.putEmbodied({ provider: 'aws', instanceType: 'm5.large', ...figures, ...remembered });
  const unknown = { kilograms: null, lowKilograms: null, highKilograms: null, lifespanHours: null };
  await store.putEmbodied({ provider: 'aws', instanceType: 'x0.none', ...unknown, ...remembered });
  await store.addAudit(AUDITED);
}

async function fillKubernetes(store: ResultsStore): Promise<void> {
  await store.writeObjects(recordedBatch(), EPOCH);
  const metrics = Array.from({ length: 24 }, (_, part) => metric({ collectedAtSeconds: NEW_YEAR + part * 300 }));
  await store.putMetrics(metrics, EPOCH);
  const kubeSystem = { namespaceId: namespaceId('kube-system') };
  await store.putCosts([cost('2026-01-01', null), cost('2026-01-01', 7), cost('2026-01-02', null, kubeSystem)], EPOCH);
  // Its history keeps what is gone.
  const gone = { ...NO_OBJECTS, namespaces: [namespaceId('kube-system')], pods: [] };
  await store.markGone(CLUSTER, { ...gone, nodes: [], workloads: [], releases: [] }, NEW_YEAR + DAY, EPOCH);
  const reasons = [{ code: 'sync-late', message: 'late', objects: ['n1'] }] as const;
  await store.addHealthChange({ clusterId: CLUSTER, atSeconds: NEW_YEAR, status: 'degraded', reasons });
  await store.addHealthChange({ clusterId: CLUSTER, atSeconds: NEW_YEAR + HOUR, status: 'healthy', reasons: [] });
  await store.putBudget(BUDGET);
  await store.putBudget({ ...BUDGET, id: idOf('budget of all'), clusterId: null, name: 'All' });
  await store.raiseAlert(ALERT);
  await store.markAlertSeen(ALERT.id, NEW_YEAR + HOUR);
}

async function fillSavings(store: ResultsStore): Promise<void> {
  const ids = [idOf('a'), idOf('b')] as const;
  const changes = ids.flatMap((id) => [change(id), change(id, { atSeconds: NEW_YEAR + 60, status: 'applied' })]);
  await store.putRecommendations(CLUSTER, [recommendation(ids[0]), regressed(ids[1])], changes, EPOCH);
  const days = [savingsDay(ids[1], 2), savingsDay(ids[1], 3, { measuredCo2eGrams: -1, measuredCost: 0.5 })];
  // Of a recommendation that is gone.
  await store.putSavings(CLUSTER, [...days, savingsDay(idOf('gone'), 1)], EPOCH);
  await store.putScores(CLUSTER, [score(0), score(1), score(1, { namespace: 'shop', raise: null })], EPOCH);
}
