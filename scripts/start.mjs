// `npm start`: builds what is not built and opens Podwatt: in a window where Electron's runtime is there (or can be
// fetched within a minute), else at an address for the browser.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const electronDir = join(root, 'node_modules', 'electron');
const FETCH_MILLISECONDS = 60_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const RUNTIME_NAMES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

/** Path of the runtime if it is on this machine; never fetches. */
function electronPath() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const nameFile = join(electronDir, 'path.txt');
  if (override) {
    const path = join(override, RUNTIME_NAMES[process.platform] ?? 'electron');
    return existsSync(path) ? path : null;
  }
  if (!existsSync(nameFile)) return null;
  const path = join(electronDir, 'dist', readFileSync(nameFile, 'utf8').trim());
  return existsSync(path) ? path : null;
}

function whyNoWindow() {
  if (process.env.PODWATT_NO_ELECTRON === '1') return 'PODWATT_NO_ELECTRON=1 is set';
  if (process.env.CI) return 'CI is set';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'there is no display';
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return electronPath() === null ? 'ELECTRON_OVERRIDE_DIST_PATH holds no Electron' : null;
  }
  if (!existsSync(electronDir)) return 'Electron is not installed';
  return null;
}

/** Runs Electron's own installer, a minute at most; whether it did its work shows on disk. */
function fetchElectron() {
  process.stderr.write('Fetching the Electron runtime (once, a minute at most)\n');
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(electronDir, 'install.js')], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_MILLISECONDS);
    const stop = (signal) => {
      child.kill('SIGKILL');
      process.exit(128 + constants.signals[signal]);
    };
    for (const signal of STOP_SIGNALS) process.once(signal, stop);
    const end = () => {
      clearTimeout(timer);
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
      done();
    };
    child.on('error', end);
    child.on('close', end);
  });
}

function open(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  // The child gets Ctrl+C from the terminal by itself; it alone decides when to end.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Podwatt could not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

await ensureBuilt();
let reason = whyNoWindow();
let runtime = reason === null ? electronPath() : null;
if (reason === null && runtime === null) {
  await fetchElectron();
  runtime = electronPath();
  if (runtime === null) reason = 'the Electron runtime could not be fetched';
}
if (runtime !== null) {
  open(runtime, [root, ...process.argv.slice(2)]);
} else {
  process.stderr.write(`No window, because ${reason}; open the address below in a browser.\n`);
  open(process.execPath, [join(root, 'bin', 'podwatt.mjs'), 'serve', '--port', '0', ...process.argv.slice(2)]);
}
