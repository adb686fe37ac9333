import type { Log } from '../../backend/log.ts';
import type { SystemBackendOptions } from '../../server/create-system-backend.ts';
import type { Settings } from '../../server/settings/load-settings.ts';
import type { CliDeps } from '../cli-deps.ts';

/** What settings say about a backend; which contexts it knows is up to the command. */
export function backendOptions(
  settings: Settings,
  deps: CliDeps,
  log: Log,
): Omit<SystemBackendOptions, 'sources' | 'startsSample'> {
  const { dataDir, store, kubeconfigFiles, contexts, prometheusUrls, intervalSeconds, backfillSeconds, port } =
    settings;
  return {
    dataDir,
    store,
    places: deps.places,
    log,
    kubeconfigFiles,
    contexts,
    prometheusUrls,
    intervalSeconds,
    backfillSeconds,
    // A free port is only known when the backend is there already.
    apiPort: port === 0 ? null : port,
  };
}
