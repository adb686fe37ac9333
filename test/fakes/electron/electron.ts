import { EventEmitter } from 'node:events';
import { FakeMessageChannelMain } from './ports.ts';
import { type FakeParentPort, FakeUtilityProcess } from './utility-process.ts';
import { FakeBrowserWindow } from './windows.ts';

/** Stands in for the module `electron` in tests: the names that Podwatt uses, and what tests need to look at. */
class FakeApp extends EventEmitter {
  hasLock = true;
  quits = 0;
  isSandboxed = false;
  readonly ready = Promise.withResolvers<void>();

  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }

  enableSandbox(): void {
    this.isSandboxed = true;
  }

  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  quit(): void {
    this.quits += 1;
  }

  userData = '/nowhere';
  getPath(name: 'userData'): string {
    return name === 'userData' ? this.userData : '';
  }
}

export const app = new FakeApp();
export { FakeBrowserWindow as BrowserWindow, FakeMessageChannelMain as MessageChannelMain };

/** Main's side of IPC: `emit(channel, event, …)` is a message from a page. */
export const ipcMain = new EventEmitter();

/** The page's side of IPC; `send` is what the preload script sent. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (channel: string): void => {
    for (const listener of sendListeners) listener(channel);
  },
});
export const sendListeners = new Set<(channel: string) => void>();

type Handler = (request: Request) => Promise<Response>;
export const schemes: { scheme: string; privileges: Record<string, boolean> }[] = [];
export const protocolHandlers = new Map<string, Handler>();
export const protocol = {
  registerSchemesAsPrivileged: (given: typeof schemes): void => void schemes.push(...given),
  handle: (scheme: string, handler: Handler): void => void protocolHandlers.set(scheme, handler),
};

/** The keychain: turns texts around, so that they are not in clear. */
export const safeStorage = {
  isAvailable: false,
  isEncryptionAvailable: (): boolean => safeStorage.isAvailable,
  encryptString: (text: string): Buffer => Buffer.from([...text].reverse().join('')),
  decryptString: (sealed: Buffer): string => [...sealed.toString()].reverse().join(''),
};

export const openedInBrowser: string[] = [];
export const shell = { openExternal: async (url: string): Promise<void> => void openedInBrowser.push(url) };

export const menus: unknown[] = [];
export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (menu: unknown): void => void menus.push(menu),
};

/** The processes that were started, and what runs in the next ones. */
export const processes: FakeUtilityProcess[] = [];
export const programs: { next: (parent: FakeParentPort) => void } = { next: () => undefined };
export const utilityProcess = {
  fork: (path: string, args: readonly string[] = []): FakeUtilityProcess => {
    const started = new FakeUtilityProcess(path, args, programs.next);
    processes.push(started);
    return started;
  },
};
