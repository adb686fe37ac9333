import type { RecordKind, WholeStore } from '../../../src/core/ports/record-pages.ts';
import type { BreakdownPage, SeriesPoint, Totals } from '../../../src/core/ports/results-store.ts';
import type { WindowResult } from '../../../src/model/results.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, OTHER_CLUSTER } from '../../contract/storage/sample-windows.ts';

const RANGE = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 3 * DAY };
const KINDS: Readonly<Record<RecordKind, true>> = {
  namespaces: true,
  nodes: true,
  workloads: true,
  pods: true,
  releases: true,
  metrics: true,
  costs: true,
  healthChanges: true,
  recommendations: true,
  statusChanges: true,
  savingsDays: true,
  scores: true,
  alerts: true,
  intensities: true,
  embodied: true,
  audit: true,
};

/** What a store was given and keeps as it is: equal for two stores of the same content, of whatever kind they are. */
export async function keptOf(store: WholeStore): Promise<object> {
  const records: Record<string, readonly string[]> = {};
  for (const kind of Object.keys(KINDS) as RecordKind[]) {
    const lines: string[] = [];
    for await (const page of store.recordPages(kind, null)) lines.push(...page.map(textOf));
    records[kind] = lines.sort();
  }
  return {
    records,
    clusters: await store.clusterEntries({ limit: 500, offset: 0 }),
    budgets: await store.budgets(),
    alerts: await store.alerts(100),
    windows: [...(await windowsOf(store, CLUSTER)), ...(await windowsOf(store, OTHER_CLUSTER))],
    nodes: (await store.nodes([CLUSTER], RANGE)).map(textOf).sort(),
    coverage: await store.coverage([CLUSTER, OTHER_CLUSTER], [RANGE]),
  };
}

async function windowsOf(store: WholeStore, clusterId: string): Promise<readonly object[]> {
  const windows: object[] = [];
  for (const entry of await store.listLedger(clusterId, RANGE)) {
    const content = await store.windowContent(clusterId, entry.window);
    windows.push(content === null ? { entry } : ordered(content));
  }
  return windows;
}

function ordered({ entry, rows, nodeWindows, nodeSnapshots }: WindowResult): object {
  return {
    entry,
    rows: rows.map(textOf).sort(),
    nodeWindows: nodeWindows.map(textOf).sort(),
    nodeSnapshots: nodeSnapshots.map(textOf).sort(),
  };
}

/** With its keys in order: JSON of PostgreSQL has an order of its own. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

/** What a store adds up, from rows, hours and days, in one order. */
export async function sumsOf(store: WholeStore): Promise<readonly Totals[]> {
  const filter = { clusterIds: [CLUSTER] };
  const range = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });
  const hours = Array.from({ length: 72 }, (_, hour) => range(NEW_YEAR + hour * HOUR, NEW_YEAR + (hour + 1) * HOUR));
  const days = [0, 1, 2].map((day) => range(NEW_YEAR + day * DAY, NEW_YEAR + (day + 1) * DAY));
  const series = (buckets: typeof hours, groupBy: 'pod' | 'workload' | null): Promise<readonly SeriesPoint[]> =>
    store.series({ filter, buckets, groupBy, top: null });
  const points = [await series(hours, 'pod'), await series(hours, 'workload'), await series(days, null)];
  const page: BreakdownPage = await store.breakdown({
    filter: { clusterIds: [] },
    range: RANGE,
    by: 'namespace',
    sort: 'name',
    descending: false,
    limit: 100,
    offset: 0,
    search: null,
  });
  const placed = points.flatMap((each) => [...each].sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1)));
  return [await store.totals(filter, RANGE), ...placed, page.total, ...page.items].map(onlySums);
}

function placeOf({ bucketStartSeconds, group }: SeriesPoint): string {
  return `${bucketStartSeconds} ${textOf(group)}`;
}

function onlySums(line: object): Totals {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => typeof value === 'number')) as unknown as Totals;
}
