import type { Log } from '../backend/log.ts';
import type { SystemBackendOptions } from '../server/create-system-backend.ts';
import type { BackendLike } from '../server/hosted-backend.ts';
import type { Places } from '../server/places.ts';
import type { Settings } from '../server/settings/load-settings.ts';
import type { Terminal } from './terminal.ts';

/** What commands use of the world. `createSystemDeps` gives the real ones. */
export interface CliDeps {
  readonly terminal: Terminal;
  readonly places: Places;
  createLog(level: NonNullable<Settings['logLevel']>): Promise<Log>;
  createBackend(options: SystemBackendOptions): Promise<BackendLike>;
  openBrowser(url: string): void;
}
