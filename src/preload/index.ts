import { ipcRenderer } from 'electron';
import { DESKTOP_CHANNELS } from '../contract/desktop-channels.ts';

// contextBridge can't carry ports, a message to the page can. Nothing else is given to the page.
ipcRenderer.on(DESKTOP_CHANNELS.port, (event) => {
  window.postMessage({ type: DESKTOP_CHANNELS.port }, window.location.origin, [...event.ports]);
});
ipcRenderer.on(DESKTOP_CHANNELS.backendState, (_event, state: unknown) => {
  const { state: status, reason } = state as { state: string; reason: string | null };
  window.postMessage({ type: DESKTOP_CHANNELS.backendState, state: status, reason }, window.location.origin);
});

// The page's own scripts have run by then, so that its listener is there.
window.addEventListener('load', () => ipcRenderer.send(DESKTOP_CHANNELS.ready));
