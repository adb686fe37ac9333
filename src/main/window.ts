import { BrowserWindow, type Session, shell, type WebContents } from 'electron';
import { APP_URL, isAppUrl } from './protocol.ts';

/** What pages may use without asking; everything else is refused. Writing text on "copy" needs no question. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write']);

/** Opens a window on the interface: sandboxed, isolated, and locked to our own pages. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Podwatt',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  lockSession(window.webContents.session);
  lockContents(window.webContents);
  // Shown when there is something to see, so that no white window flashes.
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_URL);
  return window;
}

function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) =>
    callback(ALLOWED_PERMISSIONS.has(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
  session.setDevicePermissionHandler(() => false);
}

/** A page can't leave for another, open windows, or hold a webview; links to the web open in the browser. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openInBrowser(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (isAppUrl(event.url)) return;
    event.preventDefault();
    openInBrowser(event.url);
  });
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Only https: other schemes could start programs. */
function openInBrowser(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url);
}
