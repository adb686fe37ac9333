import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Page } from '@playwright/test';

/** What the script in the page gives to the test. */
declare global {
  interface Window {
    desktopPart: {
      open(id: number): void;
      receive(id: number, frame: unknown): void;
      close(id: number): void;
      down(reason: string): void;
    };
    desktopReady(): Promise<void>;
    desktopSend(id: number, frame: unknown): Promise<void>;
  }
}

/** The line between the main process and one page, which the test holds in main's place. */
export interface PreloadPart {
  /** Gives the page a port; returns the end for the backend. */
  connect(): Promise<MessagePort>;
  /** Says that the backend stays down. */
  down(reason: string): Promise<void>;
  /** Frames that the page sent, over all ports. */
  readonly sent: readonly string[];
  close(): void;
}

/**
 * Runs the built preload script in a page that is loaded afterwards. Its `electron` is made of a real MessagePort in
 * the page whose other end is carried frame by frame to one of Node's.
 */
export async function playPreload(page: Page, onReady: () => void): Promise<PreloadPart> {
  const script = await readFile(resolve(import.meta.dirname, '../../../../out/preload/index.cjs'), 'utf8');
  const ends = new Map<number, MessagePort>();
  const sent: string[] = [];
  const frames: [id: number, frame: unknown][] = [];
  let lastId = 0;
  // Calls into the page keep their order; one that comes after the page left means nothing.
  let turn: Promise<unknown> = Promise.resolve();
  const inPage = (call: () => Promise<void>): Promise<unknown> => {
    turn = turn.then(call).catch(() => undefined);
    return turn;
  };
  const dropAll = (): void => {
    for (const end of ends.values()) end.close();
    ends.clear();
  };
  await page.exposeFunction('desktopReady', () => {
    dropAll();
    onReady();
  });
  await page.exposeFunction('desktopSend', (id: number, frame: unknown) => {
    sent.push(String(frame));
    ends.get(id)?.postMessage(frame);
  });
  await page.addInitScript({ content: `(() => {\n${IN_PAGE}\n${script}\n})();` });
  return {
    sent,
    connect: async () => {
      lastId += 1;
      const id = lastId;
      const { port1, port2 } = new MessageChannel();
      ends.set(id, port2);
      port2.on('message', (frame: unknown) => {
        frames.push([id, frame]);
        // One call into the page takes all that has come: thousands do while the sample's history is read.
        if (frames.length === 1) inPage(() => page.evaluate(receiveAll, frames.splice(0)));
      });
      port2.on('close', () => inPage(() => page.evaluate((to) => window.desktopPart.close(to), id)));
      await inPage(() => page.evaluate((to) => window.desktopPart.open(to), id));
      return port1;
    },
    down: async (reason) => void (await inPage(() => page.evaluate((why) => window.desktopPart.down(why), reason))),
    close: dropAll,
  };
}

function receiveAll(all: readonly [id: number, frame: unknown][]): void {
  for (const [id, frame] of all) window.desktopPart.receive(id, frame);
}

const IN_PAGE = `
// Chromium gives messages of file: pages the origin "null"; one of app:// has the page's own.
window.addEventListener('message', (event) => {
  if (event.origin !== 'null' || event.source !== window) return;
  event.stopImmediatePropagation();
  const { data, source, ports } = event;
  window.dispatchEvent(new MessageEvent('message', { data, source, ports: [...ports], origin: location.origin }));
}, true);
const listeners = new Map();
const ports = new Map();
const ipcRenderer = {
  on: (channel, listener) => void listeners.set(channel, listener),
  send: (channel) => { if (channel === 'podwatt:ready') void window.desktopReady(); },
};
const require = () => ({ ipcRenderer });
window.desktopPart = {
  open: (id) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port2);
    port2.onmessage = (event) => void window.desktopSend(id, event.data);
    listeners.get('podwatt:port')({ ports: [port1] }, null);
  },
  receive: (id, frame) => ports.get(id)?.postMessage(frame),
  close: (id) => ports.get(id)?.close(),
  down: (reason) => listeners.get('podwatt:backend-state')({}, { state: 'down', reason }),
};
`;
