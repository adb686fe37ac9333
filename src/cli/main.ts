import { createSystemBackend } from '../server/create-system-backend.ts';
import { findPlaces } from '../server/places.ts';
import { createStderrLog } from '../server/stderr-log.ts';
import { openBrowser } from './open-browser.ts';
import { runCli } from './program.ts';
import { createSystemTerminal } from './terminal.ts';

const exitCode = await runCli(process.argv.slice(2), {
  terminal: createSystemTerminal(),
  places: findPlaces(import.meta.dirname),
  createLog: createStderrLog,
  createBackend: createSystemBackend,
  openBrowser,
});
// Timers and sockets of sources that hang must not keep a finished command alive.
process.exit(exitCode);
