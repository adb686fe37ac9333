import type { Log } from '../../backend/log.ts';
import { newSecret } from '../../server/access.ts';
import { isLoopback } from '../../server/host-check.ts';
import { type HostedBackend, startHostedBackend } from '../../server/hosted-backend.ts';
import type { BackendRequest, CliDeps } from '../cli-deps.ts';
import { UsageError } from '../report-failure.ts';
import type { Settings } from '../settings/load-settings.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';

// A command that is told to stop ends within 3 seconds, whatever still hangs.
const STOP_LIMIT_MILLISECONDS = 2500;

/** `podwatt serve`: answers until it is told to stop. */
export async function serve(options: SharedOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  await runServer({ settings, deps, sources: 'all', prepare: async () => undefined });
}

export interface ServerRun {
  readonly settings: Settings;
  readonly deps: CliDeps;
  readonly sources: BackendRequest['sources'];
  /** What must be there before Podwatt says that it is ready. */
  prepare(hosted: HostedBackend, log: Log): Promise<void>;
}

/** Starts, prints the one line when ready, waits for the signal to stop, and stops. */
export async function runServer(run: ServerRun): Promise<void> {
  const { settings, deps, sources } = run;
  const { terminal, places } = deps;
  const { host, port, dataDir } = settings;
  if (!settings.isAuthOn && !isLoopback(host)) {
    throw new UsageError(
      `--no-auth is for loopback addresses only, and ${host} is none`,
      'Leave --no-auth or --host out.',
    );
  }
  const log = await deps.createLog(settings.logLevel ?? 'info');
  const token = settings.isAuthOn ? newSecret() : null;
  const createBackend = () => deps.createBackend({ settings, places, sources, log });
  const hosted = await startHostedBackend({ dataDir, host, port, token, places, log, createBackend });
  try {
    await run.prepare(hosted, log);
    if (!terminal.stopSignal.aborted) {
      const address = token === null ? `${hosted.url}/` : `${hosted.url}/?token=${token}`;
      await terminal.write(`Podwatt is ready at ${address}\n`);
      log.info({ dataDir }, 'Ready');
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
