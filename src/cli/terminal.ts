import type { Environment } from '../server/settings/environment.ts';

/** What a command knows of the outside; tests give their own. */
export interface Terminal {
  readonly env: Environment;
  readonly workingDir: string;
  /** True where a person watches stderr, so that progress may be drawn over itself. */
  readonly isInteractive: boolean;
  /** Waits where the reader is slow. */
  write(text: string): Promise<void>;
  writeError(text: string): void;
  /** Fires when the person or the system wants the command to stop. */
  readonly stopSignal: AbortSignal;
}

/** The terminal of this process. SIGINT and SIGTERM stop the command; a second one ends the process at once. */
export function createSystemTerminal(): Terminal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(1);
      stop.abort(new Error(`stopped by ${name}`));
    });
  }
  // A reader that leaves early, such as head, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  return {
    env: process.env,
    workingDir: process.cwd(),
    isInteractive: process.stderr.isTTY === true,
    write: (text) => new Promise((done) => process.stdout.write(text, () => done())),
    writeError: (text) => void process.stderr.write(text),
    stopSignal: stop.signal,
  };
}
