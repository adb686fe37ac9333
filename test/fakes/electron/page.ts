import { ipcMain, ipcRenderer, sendListeners } from './electron.ts';
import type { FakeBrowserWindow } from './windows.ts';

/** The page of a window: its `window` object, as far as Podwatt's preload script and port listener use it. */
export class FakePage extends EventTarget {
  readonly location = { protocol: 'app:', origin: 'app://podwatt' };
  readonly posted: { data: unknown; targetOrigin: string }[] = [];

  postMessage(data: unknown, targetOrigin: string, ports: MessagePort[] = []): void {
    this.posted.push({ data, targetOrigin });
    const event = new MessageEvent('message', { data: structuredClone(data), origin: this.location.origin, ports });
    setImmediate(() => this.dispatchEvent(event));
  }

  /** As the browser does when everything on the page has run. */
  load(): void {
    this.dispatchEvent(new Event('load'));
  }

  asWindow(): Window {
    return this as unknown as Window;
  }
}

let pageCount = 0;

/** Shows a page in a window: runs the real preload script in it and connects both sides of IPC. Call `load` then. */
export async function showPage(window: FakeBrowserWindow): Promise<FakePage> {
  const page = new FakePage();
  const contents = window.webContents;
  ipcRenderer.removeAllListeners();
  sendListeners.clear();
  sendListeners.add((channel) => ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame }));
  contents.receive = (channel, message, ports) =>
    ipcRenderer.emit(channel, { ports: ports.map((port) => port.inner) }, message);
  Object.assign(globalThis, { window: page });
  // Each page runs the script anew; the query keeps it from being taken from the cache.
  pageCount += 1;
  const script = `../../../src/preload/index.ts?page=${pageCount}`;
  await import(/* @vite-ignore */ script);
  return page;
}
