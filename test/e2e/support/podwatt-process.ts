import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Podwatt as a person starts it, with a data folder of its own. */
export interface PodwattProcess {
  /** What the ready line printed. */
  readonly url: string;
  readonly dataDir: string;
  /** Everything on standard error so far. */
  log(): string;
  /** Ends at once, as a crash does; the data folder stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const READY = /^Podwatt is ready at (http:\/\/\S+)$/m;
const READY_MILLISECONDS = 60_000;

/** Starts `podwatt` with these arguments and waits for its one line. */
export async function startPodwatt(
  args: readonly string[],
  options: { readonly dataDir?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<PodwattProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'podwatt-e2e-')));
  const launcher = resolve(import.meta.dirname, '../../../bin/podwatt.mjs');
  const child = spawn(process.execPath, [launcher, ...args, '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PODWATT_NO_ELECTRON: '1', HOME: dataDir, KUBECONFIG: '', ...options.env },
  });
  let log = '';
  child.stderr.on('data', (data: Buffer) => {
    log += data.toString();
  });
  const url = await readyUrl(child, () => log);
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once('close', () => done());
      child.kill(signal);
    });
  return {
    url,
    dataDir,
    log: () => log,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function readyUrl(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((done, failed) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`Podwatt was not ready in time. ${log()}`));
    }, READY_MILLISECONDS);
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      const url = READY.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      done(url);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      failed(new Error(`Podwatt ended with code ${code} before it was ready. ${log()}`));
    });
  });
}
