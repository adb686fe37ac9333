import type { StoreChoice } from '../backend/config.ts';
import type { Log } from '../backend/log.ts';
import type { BackendLike } from './hosted-backend.ts';
import type { Places } from './places.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface SystemBackendOptions {
  readonly dataDir: string;
  /** The store that a command, variable or file chose; null where none did. */
  readonly store: StoreChoice | null;
  readonly places: Places;
  readonly log: Log;
  /** Contexts of kubeconfig files and the sample, or the sample alone. */
  readonly sources: 'all' | 'sample';
  /** Switches the sample on; the backend has then started when its history is read. */
  readonly startsSample: boolean;
  readonly kubeconfigFiles: readonly string[];
  readonly contexts: readonly string[];
  readonly prometheusUrls: Readonly<Record<string, string>>;
  readonly intervalSeconds: number;
  readonly backfillSeconds: number;
  readonly apiPort: number | null;
}

/** The real backend of a host. Loaded when it is needed, so that what needs none (`--help`, bad usage) answers at once. */
export async function createSystemBackend(options: SystemBackendOptions): Promise<BackendLike> {
  const { places, contexts, sources, startsSample, kubeconfigFiles } = options;
  keepHeapSmall();
  const [{ createBackend }, { createContextSources, SAMPLE_CONTEXT }] = await Promise.all([
    import('../backend/create-backend.ts'),
    import('../backend/context-sources.ts'),
  ]);
  const { version, dataTablesDir } = places;
  const { dataDir, store, log, prometheusUrls, intervalSeconds, backfillSeconds, apiPort } = options;
  return createBackend({
    dataDir,
    ...(store === null ? {} : { store }),
    log,
    prometheusUrls,
    intervalSeconds,
    backfillSeconds,
    apiPort,
    version,
    dataTablesDir,
    contextSources: await createContextSources({ sources, kubeconfigFiles, dataTablesDir }),
    initialContexts: startsSample ? [SAMPLE_CONTEXT, ...contexts] : contexts,
  });
}
