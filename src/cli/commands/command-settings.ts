import { isFailure } from '../../model/failure.ts';
import { loadSettings, type Settings } from '../../server/settings/load-settings.ts';
import { UsageError } from '../report-failure.ts';
import type { Terminal } from '../terminal.ts';

/** Options that most commands share, as commander hands them over. */
export interface SharedOptions {
  host?: string;
  port?: string;
  dataDir?: string;
  store?: string;
  kubeconfig?: string[];
  context?: string[];
  prometheus?: string[];
  interval?: string;
  backfill?: string;
  auth?: boolean;
  open?: boolean;
}

/** Settings in force for a command; what can't be used is bad usage. */
export async function settingsFor(options: SharedOptions, terminal: Terminal): Promise<Settings> {
  const { host, port, dataDir, store, kubeconfig, context, prometheus, interval, backfill, auth, open } = options;
  try {
    return await loadSettings({
      // Commander sets `auth` to true where --no-auth is not given: only false is an answer.
      options: {
        host,
        port,
        data_dir: dataDir,
        store,
        kubeconfig,
        context,
        prometheus,
        interval,
        backfill,
        open,
        auth: auth === false ? false : undefined,
      },
      env: terminal.env,
      workingDir: terminal.workingDir,
    });
  } catch (error) {
    throw isFailure(error) ? new UsageError(error.message, error.hint) : error;
  }
}
