import { type IpcMainEvent, ipcMain, MessageChannelMain, type WebContents } from 'electron';
import { DESKTOP_CHANNELS } from '../contract/desktop-channels.ts';
import type { BackendProcess } from './backend-process.ts';
import { isAppUrl } from './protocol.ts';

/** Connects windows with the backend: a channel of its own for each page that is ready, and a new one after each return. */
export interface PortBridge {
  /** Lets a window's own page ask for ports. Only pages of windows that were added are answered. */
  add(contents: WebContents): void;
}

export function createPortBridge(backend: BackendProcess): PortBridge {
  const known = new Set<WebContents>();
  const ready = new Set<WebContents>();

  const connect = (contents: WebContents) => {
    const { port1, port2 } = new MessageChannelMain();
    if (backend.connect(port1)) contents.postMessage(DESKTOP_CHANNELS.port, null, [port2]);
  };
  const tell = (contents: WebContents) => {
    const { state } = backend;
    if (state.status === 'up') connect(contents);
    else if (state.status === 'down') {
      contents.postMessage(DESKTOP_CHANNELS.backendState, { state: 'down', reason: state.reason });
    }
  };

  ipcMain.on(DESKTOP_CHANNELS.ready, (event) => {
    if (!known.has(event.sender) || !isOwnPage(event)) return;
    ready.add(event.sender);
    // A page that is loaded while the backend stays down asks for another try.
    if (backend.state.status === 'down') backend.start();
    else tell(event.sender);
  });
  backend.onState(() => {
    for (const contents of ready) tell(contents);
  });

  return {
    add: (contents) => {
      known.add(contents);
      contents.on('did-start-navigation', (details) => {
        // The next page has to say that it listens before it gets anything.
        if (details.isMainFrame && !details.isSameDocument) ready.delete(contents);
      });
      contents.once('destroyed', () => {
        known.delete(contents);
        ready.delete(contents);
      });
    },
  };
}

/** True for a message of the window's main frame while it shows our own page; frames inside it never get a port. */
function isOwnPage(event: IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isAppUrl(frame.url);
}
