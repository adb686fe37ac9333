import { EventEmitter } from 'node:events';
import type { FakeMessagePortMain } from './ports.ts';

export interface FakeFrame {
  url: string;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** Remembers what the app decided about permissions. */
export class FakeSession {
  requestHandler: ((contents: unknown, permission: string, callback: (isGranted: boolean) => void) => void) | null =
    null;
  checkHandler: ((contents: unknown, permission: string) => boolean) | null = null;
  deviceHandler: (() => boolean) | null = null;

  setPermissionRequestHandler(handler: NonNullable<FakeSession['requestHandler']>): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: NonNullable<FakeSession['checkHandler']>): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.deviceHandler = handler;
  }
}

export class FakeWebContents extends EventEmitter {
  readonly session = new FakeSession();
  readonly mainFrame: FakeFrame = { url: 'about:blank' };
  windowOpenHandler: WindowOpenHandler | null = null;
  /** Set by the test's page: gets what main posts. */
  receive: (channel: string, message: unknown, ports: FakeMessagePortMain[]) => void = () => undefined;

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  postMessage(channel: string, message: unknown, ports: FakeMessagePortMain[] = []): void {
    this.receive(channel, structuredClone(message), ports);
  }
}

export class FakeBrowserWindow extends EventEmitter {
  static all: FakeBrowserWindow[] = [];
  readonly options: { webPreferences?: Record<string, unknown>; show?: boolean };
  readonly webContents = new FakeWebContents();
  isShown = false;
  isFocused = false;
  minimized = false;

  constructor(options: FakeBrowserWindow['options'] = {}) {
    super();
    this.options = options;
    FakeBrowserWindow.all.push(this);
  }

  static getAllWindows(): FakeBrowserWindow[] {
    return FakeBrowserWindow.all;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.isFocused = true;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }
}
