import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let outDir: string;
let electron: typeof import('../../fakes/electron/electron.ts');
beforeEach(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'podwatt-out-'));
  mkdirSync(join(outDir, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(outDir, 'renderer', 'index.html'), '<title>Podwatt</title>');
  writeFileSync(join(outDir, 'renderer', 'assets', 'a.js'), 'export {}');
  writeFileSync(join(outDir, 'secret.txt'), 'secret');
  // The shell keeps state in the module `electron`: each test gets a new one.
  vi.resetModules();
  electron = await import('../../fakes/electron/electron.ts');
  electron.BrowserWindow.all.length = 0;
});
afterEach(() => {
  for (const each of electron.processes) each.end(0);
  rmSync(outDir, { recursive: true, force: true });
});

async function start() {
  const { runDesktop } = await import('../../../src/main/desktop.ts');
  const running = runDesktop(outDir);
  electron.app.ready.resolve();
  await running;
  const window = electron.BrowserWindow.all[0];
  return { contents: window?.webContents, window };
}

describe('start', () => {
  it('opens one locked window and one backend', async () => {
    const { window } = await start();
    expect(window?.options.webPreferences).toMatchObject({
      preload: join(outDir, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(window?.webContents.mainFrame.url).toBe('app://podwatt/');
    expect(electron.app.isSandboxed).toBe(true);
    expect(electron.processes.map(({ path }) => path)).toEqual([join(outDir, 'main', 'backend-entry.js')]);
    expect(electron.menus).toHaveLength(1);
    expect(window?.isShown).toBe(false);
    window?.emit('ready-to-show');
    expect(window?.isShown).toBe(true);
  });

  it.each([
    ['with a keychain', true],
    ['without one', false],
  ])('gives the backend the key of the keychain, %s', async (_which, isAvailable) => {
    electron.app.userData = join(outDir, 'user');
    electron.safeStorage.isAvailable = isAvailable;
    const heard: { type: string; key: string | null }[] = [];
    electron.programs.next = (parent) => {
      parent.on('message', ({ data }) => heard.push(data as never));
      parent.postMessage({ type: 'asks-key' });
    };
    await start();
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]?.type).toBe('key');
    expect(Buffer.from(heard[0]?.key ?? '', 'base64')).toHaveLength(isAvailable ? 32 : 0);
  });

  it('lets its module finish before Electron is ready, which waits for that', async () => {
    await import('../../../src/main/index.ts');
    expect(electron.schemes).toHaveLength(1);
    expect(electron.BrowserWindow.all).toHaveLength(0);
    electron.app.ready.resolve();
    await expect.poll(() => electron.BrowserWindow.all.length).toBe(1);
  });

  it('leaves everything to the first instance', async () => {
    electron.app.hasLock = false;
    await start();
    expect([electron.app.quits, electron.processes.length, electron.BrowserWindow.all.length]).toEqual([1, 0, 0]);
  });

  it('brings its window to the front for a second instance, or opens one', async () => {
    const { window } = await start();
    window!.minimized = true;
    electron.app.emit('second-instance');
    expect([window?.minimized, window?.isFocused]).toEqual([false, true]);
    electron.BrowserWindow.all.length = 0;
    electron.app.emit('activate');
    expect(electron.BrowserWindow.all).toHaveLength(1);
  });

  it('stops the backend before it quits', async () => {
    await start();
    const preventDefault = vi.fn();
    electron.app.emit('before-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(electron.app.quits).toBe(0);
    electron.processes[0]?.end(0);
    await expect.poll(() => electron.app.quits).toBe(1);
    electron.app.emit('before-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe('window', () => {
  it('opens https links in the browser and nothing else anywhere', async () => {
    const { contents } = await start();
    for (const url of [
      'https://podwatt.example/',
      'http://plain.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'nonsense',
    ]) {
      expect(contents?.windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(electron.openedInBrowser).toEqual(['https://podwatt.example/']);
  });

  it.each([
    ['will-navigate', 'app://podwatt/explore', false],
    ['will-navigate', 'https://evil.example/', true],
    ['will-navigate', 'app://evil/', true],
    ['will-navigate', 'file:///etc/passwd', true],
    ['will-redirect', 'https://evil.example/', true],
    ['will-attach-webview', 'app://podwatt/', true],
  ])('%s to %s is refused: %s', async (name, url, isRefused) => {
    const { contents } = await start();
    const preventDefault = vi.fn();
    contents?.emit(name, { url, preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(isRefused ? 1 : 0);
  });

  it('refuses permissions and devices', async () => {
    const { contents } = await start();
    const { session } = contents!;
    const answers: boolean[] = [];
    for (const permission of ['geolocation', 'media', 'notifications', 'clipboard-read', 'clipboard-sanitized-write']) {
      session.requestHandler?.(contents, permission, (isGranted) => answers.push(isGranted));
      expect(session.checkHandler?.(contents, permission)).toBe(permission === 'clipboard-sanitized-write');
    }
    expect(answers).toEqual([false, false, false, false, true]);
    expect(session.deviceHandler?.()).toBe(false);
  });
});

describe('app://', () => {
  const ask = async (path: string, init?: RequestInit) => {
    await start();
    return electron.protocolHandlers.get('app')!(new Request(path, init));
  };

  it('has an origin of its own', async () => {
    await start();
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it.each(['app://podwatt/', 'app://podwatt/explore?last=7d', 'app://podwatt/nodes/a.b.c'])(
    '%s is the page, under a strict policy',
    async (url) => {
      const answer = await ask(url);
      expect([answer.status, await answer.text()]).toEqual([200, '<title>Podwatt</title>']);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    },
  );

  it('serves assets with their type', async () => {
    const answer = await ask('app://podwatt/assets/a.js');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await ask('app://podwatt/assets/b.js')).status).toBe(404);
  });

  it.each([
    ['app://podwatt/..%2fsecret.txt', 400],
    ['app://podwatt/%2e%2e%2fsecret.txt', 400],
    ['app://podwatt/assets/..%5c..%5csecret.txt', 400],
    ['app://podwatt/%00', 400],
    ['app://podwatt/%', 400],
    ['app://evil/index.html', 404],
  ])('%s is refused', async (url, status) => {
    const answer = await ask(url);
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });

  it('only reads', async () => {
    expect((await ask('app://podwatt/', { method: 'POST' })).status).toBe(405);
  });
});

describe('ports', () => {
  it('go to the main frame of our own page only', async () => {
    const { contents } = await start();
    electron.processes[0]?.emit('message', { type: 'ready' });
    const received: string[] = [];
    contents!.receive = (channel) => received.push(channel);
    const frame = contents!.mainFrame;
    const say = (senderFrame: unknown, sender: unknown = contents) =>
      electron.ipcMain.emit('podwatt:ready', { sender, senderFrame });
    say({ url: 'app://podwatt/' });
    say(null);
    frame.url = 'https://evil.example/';
    say(frame);
    frame.url = 'app://podwatt/';
    const { FakeWebContents } = await import('../../fakes/electron/windows.ts');
    const stranger = new FakeWebContents();
    stranger.mainFrame.url = 'app://podwatt/';
    say(stranger.mainFrame, stranger);
    expect(received).toEqual([]);
    say(frame);
    expect(received).toEqual(['podwatt:port']);
  });

  it('do not go to a page that left before it said that it listens', async () => {
    const { contents } = await start();
    const received: string[] = [];
    contents!.receive = (channel) => received.push(channel);
    electron.ipcMain.emit('podwatt:ready', { sender: contents, senderFrame: contents!.mainFrame });
    contents!.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    electron.processes[0]?.emit('message', { type: 'ready' });
    expect(received).toEqual([]);
    contents!.emit('destroyed');
    electron.ipcMain.emit('podwatt:ready', { sender: contents, senderFrame: contents!.mainFrame });
    expect(received).toEqual([]);
  });
});
