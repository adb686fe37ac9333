import { randomUUID } from 'node:crypto';
import type { GreenKubeSource } from '../../core/ports/greenkube-source.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { StoreSettings } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import { SILENT_LOG } from '../log.ts';
import { REAL_TIMERS } from '../scheduler/timers.ts';
import { holderName } from '../settings/lease-holder.ts';
import { LeaseKeeper } from '../store/lease-keeper.ts';
import { describeStore } from '../store/store-address.ts';
import { openBesideOthers } from '../store/tools/open-beside-others.ts';
import { findCluster } from './find-cluster.ts';
import { importIntensities } from './import-intensities.ts';
import type { GreenKubeImport } from './import-report.ts';
import { type ClusterRight, importWindows } from './import-windows.ts';
import { openGreenKube } from './open-source.ts';

interface ImportRequest {
  readonly from: StoreSettings;
  readonly to: StoreSettings;
  /** Id, name or context. */
  readonly cluster: string;
  readonly nowSeconds: number;
  onProgress(doneHours: number, ofHours: number): void;
  readonly signal: AbortSignal;
}

/**
 * Takes the history of a GreenKube into a store, under the lease of the cluster. The database of GreenKube is only read;
 * what the store has already stays as it is.
 * @throws Failure that says which of the two it is about; what was written by then stays
 */
export async function importGreenKube(request: ImportRequest): Promise<GreenKubeImport> {
  const source = await openGreenKube(request.from);
  try {
    const store = await openBesideOthers(request.to);
    try {
      return await importInto(store, source, request);
    } finally {
      await store.close();
    }
  } finally {
    await source.close();
  }
}

async function importInto(
  store: ResultsStore,
  source: GreenKubeSource,
  { to, cluster: wanted, nowSeconds, onProgress, signal }: ImportRequest,
): Promise<GreenKubeImport> {
  const cluster = findCluster(await store.listClusters(), wanted);
  const { id: clusterId, name, currency } = cluster;
  const written = await underLease(store, clusterId, async (right) => {
    const intensities = await importIntensities(source, store, signal);
    const windows = await importWindows({ source, store, clusterId, right, nowSeconds, onProgress, signal });
    return { intensities, windows };
  });
  const { counts, rows, nodes } = written.windows;
  return {
    from: source.location,
    to: describeStore(to),
    cluster: { id: clusterId, name, currency },
    windows: counts,
    rows,
    nodes,
    intensities: written.intensities,
    recommendationsLeft: await source.countRecommendations(),
  };
}

/** A holder of its own: a Podwatt on the same data folder is another one, and collects meanwhile or not. */
async function underLease<T>(
  store: ResultsStore,
  clusterId: string,
  work: (right: ClusterRight) => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  const clock = { nowSeconds: () => Math.floor(Date.now() / 1000) };
  const timers = REAL_TIMERS;
  const keeper = new LeaseKeeper({
    store,
    clock,
    timers,
    log: SILENT_LOG,
    holder: () => holder,
    holderName: holderName(),
  });
  const user = {};
  const taken = await keeper.take(clusterId, user);
  if (taken.kind === 'refused') {
    throw new Failure('conflict', `${taken.by.holderName} writes the windows of this cluster`, {
      hint: 'Nothing was imported. Stop that Podwatt, or switch off collecting there, then run the command again.',
    });
  }
  const { epoch, lost } = taken;
  try {
    return await work({ epoch, lost, confirm: () => keeper.confirm(clusterId, epoch) });
  } finally {
    await keeper.release(clusterId, user);
  }
}
