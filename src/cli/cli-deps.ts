import type { Log } from '../backend/log.ts';
import type { BackendLike } from '../server/hosted-backend.ts';
import type { Places } from '../server/places.ts';
import type { Settings } from './settings/load-settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command asks of the backend that is made for it. */
export interface BackendRequest {
  readonly settings: Settings;
  readonly places: Places;
  /** Which contexts there are: those of kubeconfig files and the sample, or the sample alone. */
  readonly sources: 'all' | 'sample';
  readonly log: Log;
}

/** What commands use of the world. `createSystemDeps` gives the real ones. */
export interface CliDeps {
  readonly terminal: Terminal;
  readonly places: Places;
  createLog(level: NonNullable<Settings['logLevel']>): Promise<Log>;
  createBackend(request: BackendRequest): Promise<BackendLike>;
  openBrowser(url: string): void;
}
