import type { Log } from '../../backend/log.ts';
import { describeStore } from '../../backend/store/store-address.ts';
import { newSecret } from '../../server/access.ts';
import type { SystemBackendOptions } from '../../server/create-system-backend.ts';
import { isLoopback } from '../../server/host-check.ts';
import { type HostedBackend, startHostedBackend } from '../../server/hosted-backend.ts';
import type { Settings } from '../../server/settings/load-settings.ts';
import type { CliDeps } from '../cli-deps.ts';
import { UsageError } from '../report-failure.ts';
import { backendOptions } from './backend-options.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';

// A command that is told to stop ends within 3 seconds, whatever still hangs.
const STOP_LIMIT_MILLISECONDS = 2500;

/** `podwatt serve`: answers until it is told to stop. */
export async function serve(options: SharedOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  await runServer({ settings, deps, sources: 'all', startsSample: false });
}

export interface ServerRun {
  readonly settings: Settings;
  readonly deps: CliDeps;
  readonly sources: SystemBackendOptions['sources'];
  /** Switches the sample on, and is ready when its history is read. */
  readonly startsSample: boolean;
}

/** Starts, prints the one line when ready, waits for the signal to stop, and stops. */
export async function runServer(run: ServerRun): Promise<void> {
  const { settings, deps, sources, startsSample } = run;
  const { terminal, places } = deps;
  const { host, port, dataDir, store, requestsPerSecond } = settings;
  if (!settings.isAuthOn && !isLoopback(host)) {
    throw new UsageError(
      `--no-auth is for loopback addresses only, and ${host} is none`,
      'Leave --no-auth or --host out.',
    );
  }
  const log = await deps.createLog(settings.logLevel ?? 'info');
  const token = settings.isAuthOn ? newSecret() : null;
  const createBackend = () => deps.createBackend({ ...backendOptions(settings, deps, log), sources, startsSample });
  const hosted = await startHostedBackend({
    dataDir,
    host,
    port,
    token,
    requestsPerSecond,
    places,
    log,
    createBackend,
  });
  try {
    if (!terminal.stopSignal.aborted) {
      const address = token === null ? `${hosted.url}/` : `${hosted.url}/?token=${token}`;
      await terminal.write(`Podwatt is ready at ${address}\n`);
      log.info({ dataDir, ...(store === null ? {} : { store: describeStore(store.settings) }) }, 'Ready');
      if (settings.opensBrowser) deps.openBrowser(address);
    }
    await aborted(terminal.stopSignal);
  } finally {
    await stopInTime(hosted, log);
  }
}

async function stopInTime(hosted: HostedBackend, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), STOP_LIMIT_MILLISECONDS);
  });
  const ended = await Promise.race([hosted.stop(), limit]);
  clearTimeout(timer);
  if (ended === 'late') log.warn('Stopping took too long; what was under way is left undone');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
