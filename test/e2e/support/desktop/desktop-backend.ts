import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';

const ENTRY = resolve(import.meta.dirname, '../../../../out/main/backend-entry.js');

/** What main would take out of the keychain. */
const KEY = Buffer.alloc(32, 7).toString('base64');

/** The built backend process of the desktop app, in a thread, on a data folder that outlives its crashes. */
export interface DesktopBackend {
  /** Starts it anew; done when it says that it is ready. */
  start(): Promise<void>;
  connect(port: MessagePort): void;
  /** Ends it at once, as a crash does; its ports close with it. */
  crash(): Promise<void>;
  /** Asks it to stop, as main does, and removes its data. */
  stop(): Promise<void>;
}

export async function createDesktopBackend(): Promise<DesktopBackend> {
  const dataDir = await mkdtemp(join(tmpdir(), 'podwatt-desktop-'));
  const kubeconfig = join(dataDir, 'kubeconfig');
  const config = join(dataDir, 'config.yaml');
  await writeFile(kubeconfig, 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n');
  await writeFile(config, '');
  const env = { ...process.env, PODWATT_DATA_DIR: dataDir, PODWATT_KUBECONFIG: kubeconfig, PODWATT_CONFIG: config };
  let worker: Worker | null = null;
  return {
    start: () =>
      new Promise((done, failed) => {
        const started = new Worker(new URL('./backend-thread.ts', import.meta.url), {
          workerData: { entry: ENTRY },
          execArgv: [],
          env,
        });
        worker = started;
        started.on('error', failed);
        started.on('exit', (code) => failed(new Error(`the backend ended with ${code} before it was ready`)));
        started.on('message', (message: { type: string }) => {
          if (message.type === 'asks-key') started.postMessage({ data: { type: 'key', key: KEY }, ports: [] });
          else if (message.type === 'ready') done();
          else failed(new Error(JSON.stringify(message)));
        });
      }),
    connect: (port) => worker?.postMessage({ data: { type: 'port' }, ports: [port] }, [port]),
    crash: async () => void (await worker?.terminate()),
    stop: async () => {
      const last = worker;
      if (last !== null && last.threadId !== -1) {
        const gone = new Promise((done) => last.once('exit', done));
        last.postMessage({ data: { type: 'stop' }, ports: [] });
        await gone;
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
