// Builds Podwatt into out/. `ensureBuilt` does it only where a source is newer than the last build; `node
// scripts/build.mjs` always does. Plain JavaScript, so that any Node can run it right after `npm ci`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'out', '.built');
const inputs = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** True in a checkout with sources; an installed package carries out/ and no src/. */
export function isCheckout() {
  return existsSync(join(root, 'src', 'cli', 'main.ts'));
}

export async function ensureBuilt() {
  if (!isCheckout() || isFresh()) return;
  process.stderr.write('Building Podwatt (a few seconds, once)\n');
  await build();
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return inputs.every((input) => newestMilliseconds(join(root, input)) <= builtAt);
}

function newestMilliseconds(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMilliseconds(join(path, name))),
    stats.mtimeMs,
  );
}

export async function build() {
  // A file saved while the build runs must make the next start build again.
  const startedAt = new Date();
  const require = createRequire(import.meta.url);
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const vite = join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js');
  rmSync(stamp, { force: true });
  await run(existsSync(node) ? node : process.execPath, [vite, 'build', '--logLevel', 'warn']);
  copyApiReference();
  writeFileSync(stamp, `${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
  const { utimesSync } = await import('node:fs');
  utimesSync(stamp, startedAt, startedAt);
}

// The API reference is served from our own files, so that it works without the network.
function copyApiReference() {
  const source = join(root, 'node_modules', '@scalar', 'api-reference', 'dist', 'browser', 'standalone.js');
  const target = join(root, 'out', 'docs');
  mkdirSync(target, { recursive: true });
  cpSync(source, join(target, 'api-reference.js'));
}

function run(command, args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) return done();
      process.stderr.write(output);
      failed(new Error(`The build ended with code ${code}`));
    });
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build();
  process.stderr.write('Built into out/\n');
}
