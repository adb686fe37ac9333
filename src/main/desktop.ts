import { join } from 'node:path';
import { app, BrowserWindow, safeStorage, utilityProcess } from 'electron';
import { createBackendProcess } from './backend-process.ts';
import { keychainKey } from './keychain-key.ts';
import { setMenu } from './menu.ts';
import { createPortBridge } from './port-bridge.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { openWindow } from './window.ts';

/**
 * Runs the desktop app: one instance, its backend in a process beside it, a window on the interface.
 * @param outDir folder of the build, with `main`, `preload` and `renderer` in it
 */
export async function runDesktop(outDir: string): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  app.enableSandbox();
  let key: string | null = null;
  const backend = createBackendProcess({
    key: () => key,
    fork: () => utilityProcess.fork(join(outDir, 'main', 'backend-entry.js'), [], { serviceName: 'Podwatt backend' }),
    nowMilliseconds: () => performance.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const bridge = createPortBridge(backend);
  const open = () => bridge.add(openWindow(join(outDir, 'preload', 'index.cjs')).webContents);

  let isStopped = false;
  app.on('second-instance', () => showFirstWindow(open));
  app.on('activate', () => showFirstWindow(open));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (isStopped) return;
    // The backend finishes its window of time before the app goes.
    event.preventDefault();
    isStopped = true;
    void backend.stop().finally(() => app.quit());
  });

  await app.whenReady();
  serveApp(join(outDir, 'renderer'));
  setMenu(process.platform);
  key = await keychainKey(app.getPath('userData'), safeStorage);
  backend.start();
  open();
}

function showFirstWindow(open: () => void): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) {
    open();
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}
