import { runBackendHost } from '../../../src/main/backend-entry/backend-host.ts';
import { createBackendProcess } from '../../../src/main/backend-process.ts';
import { createPortBridge } from '../../../src/main/port-bridge.ts';
import { openWindow } from '../../../src/main/window.ts';
import { type ConnectedClient, createClient } from '../../../src/renderer/rpc/create-client.ts';
import { createRemoteClient } from '../../../src/server/client.ts';
import { startHttpHost } from '../../../src/server/http-host.ts';
import { BrowserWindow, ipcMain, programs, utilityProcess } from '../../fakes/electron/electron.ts';
import { type FakePage, showPage } from '../../fakes/electron/page.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/router/recording-log.ts';
import { createFakeRouter, type FakeRouter } from '../../fakes/router/router.ts';
import { type Call, callRest, callsOf, type RestCall } from './outcomes.ts';

export interface Desktop {
  readonly page: FakePage;
  readonly connected: ConnectedClient;
  readonly fake: FakeRouter;
  readonly log: RecordingLog;
  readonly backend: ReturnType<typeof createBackendProcess>;
  stop(): Promise<void>;
}

/** The desktop app around a fake `electron`: real preload, bridge, supervisor, port guard and backend host. */
export async function startDesktop(): Promise<Desktop> {
  const fake = createFakeRouter();
  const log = createRecordingLog();
  ipcMain.removeAllListeners();
  programs.next = (parent) => {
    const hosted = { url: 'http://127.0.0.1:0', router: fake.router, stop: async () => undefined };
    void runBackendHost(parent, { log, startBackend: async () => hosted, exit: parent.exit });
  };
  const backend = createBackendProcess({
    fork: () => utilityProcess.fork('backend-entry.js') as never,
    key: () => null,
    nowMilliseconds: () => 0,
    after: (_milliseconds, run) => {
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    },
  });
  const bridge = createPortBridge(backend);
  const window = openWindow('/preload.cjs');
  bridge.add(window.webContents);
  backend.start();
  const page = await showPage(BrowserWindow.all.at(-1)!);
  const connected = createClient(page.asWindow());
  page.load();
  return { page, connected, fake, log, backend, stop: () => backend.stop() };
}

export interface Transports {
  readonly fake: FakeRouter;
  readonly overPort: Call;
  readonly overRpc: Call;
  readonly overRest: (call: RestCall, input: unknown, take?: number) => ReturnType<typeof callRest>;
  stop(): Promise<void>;
}

/** One fake backend behind all three transports. */
export async function startTransports(): Promise<Transports> {
  const desktop = await startDesktop();
  const host = await startHttpHost({
    router: desktop.fake.router,
    host: '127.0.0.1',
    port: 0,
    token: 'browser',
    ownerToken: 'owner',
    staticDir: '/nonexistent',
    docsDir: '/nonexistent',
    version: '0.0.0-test',
    log: desktop.log,
  });
  const open = await startHttpHost({
    router: desktop.fake.router,
    host: '127.0.0.1',
    port: 0,
    token: null,
    staticDir: '/nonexistent',
    docsDir: '/nonexistent',
    version: '0.0.0-test',
    log: desktop.log,
  });
  return {
    fake: desktop.fake,
    overPort: callsOf(desktop.connected.client),
    overRpc: callsOf(createRemoteClient({ address: host.url, token: 'owner' })),
    overRest: (call, input, take) => callRest(open.url, call, input, take),
    stop: async () => {
      await desktop.stop();
      await Promise.all([host.close(), open.close()]);
    },
  };
}
