// `npm start`: builds what is not built and opens Podwatt: in a window where Electron's runtime is there (or can be
// fetched within a minute), else in the browser.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const electronDir = join(root, 'node_modules', 'electron');
const FETCH_MILLISECONDS = 60_000;

/** Path of the runtime if it is on this machine; never fetches. */
function electronPath() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const nameFile = join(electronDir, 'path.txt');
  if (override) {
    const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
    return existsSync(join(override, name)) ? join(override, name) : null;
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
  if (!existsSync(electronDir)) return 'Electron is not installed';
  return null;
}

/** Runs Electron's own installer; true if it ended well in time. */
function fetchElectron() {
  process.stderr.write('Fetching the Electron runtime (once, a minute at most)\n');
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(electronDir, 'install.js')], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_MILLISECONDS);
    child.on('error', () => done(false));
    child.on('close', (code) => {
      clearTimeout(timer);
      done(code === 0);
    });
  });
}

function open(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
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
  process.stderr.write(`No window, because ${reason}; Podwatt opens in the browser instead.\n`);
  open(process.execPath, [join(root, 'bin', 'podwatt.mjs'), 'serve', '--port', '0', ...process.argv.slice(2)]);
}
