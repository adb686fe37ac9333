import { dirname } from 'node:path';
import { runDesktop } from './desktop.ts';

// Not awaited: Electron is ready only after this module is done, and the app waits for that.
runDesktop(dirname(import.meta.dirname)).catch((error: unknown) => {
  // A start that failed half-way would leave a process without a window.
  process.stderr.write(`Podwatt could not start: ${error instanceof Error ? error.message : 'unknown reason'}\n`);
  process.exit(1);
});
