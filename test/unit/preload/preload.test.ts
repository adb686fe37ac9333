import { readFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BrowserWindow, ipcMain, ipcRenderer } from '../../fakes/electron/electron.ts';
import { type FakePage, showPage } from '../../fakes/electron/page.ts';

let page: FakePage;
let asked: unknown[];
beforeEach(async () => {
  asked = [];
  ipcMain.removeAllListeners();
  ipcMain.on('podwatt:ready', (event) => asked.push(event));
  page = await showPage(new BrowserWindow());
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});
const nextMessage = () =>
  new Promise<MessageEvent>((done) =>
    page.addEventListener('message', (event) => done(event as MessageEvent), { once: true }),
  );

describe('the preload script', () => {
  it('asks for a port when the page has run, not before', () => {
    expect(asked).toHaveLength(0);
    page.load();
    expect(asked).toHaveLength(1);
  });

  it('hands a port to the page, to its own origin only', async () => {
    const { port1, port2 } = new MessageChannel();
    const message = nextMessage();
    ipcRenderer.emit('podwatt:port', { ports: [port2] }, null);
    const { data, ports } = await message;
    expect(data).toEqual({ type: 'podwatt:port' });
    expect(ports).toEqual([port2]);
    expect(page.posted.at(-1)?.targetOrigin).toBe('app://podwatt');
    port1.close();
  });

  it('passes the state of the backend on', async () => {
    const message = nextMessage();
    ipcRenderer.emit('podwatt:backend-state', {}, { state: 'down', reason: 'why', more: 'left out' });
    expect((await message).data).toEqual({ type: 'podwatt:backend-state', state: 'down', reason: 'why' });
  });

  it('gives the page nothing else: no bridge, no Node', () => {
    const source = readFileSync('src/preload/index.ts', 'utf8');
    expect(source).not.toMatch(/exposeInMainWorld|require\(|node:/);
    expect([...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual([
      'electron',
      '../contract/desktop-channels.ts',
    ]);
  });
});
