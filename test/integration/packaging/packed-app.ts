import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ensureBuilt } from '../../../scripts/build.mjs';

const builder = createRequire(import.meta.url).resolve('electron-builder/package.json');
const { listPackage, extractAll } = createRequire(createRequire(builder).resolve('app-builder-lib/package.json'))(
  '@electron/asar',
) as { listPackage(archive: string, options: object): string[]; extractAll(archive: string, folder: string): void };

export interface PackedApp {
  /** Paths in the archive, with `/` in front. */
  readonly paths: readonly string[];
  /** Folder that holds what the archive holds. */
  readonly extracted: string;
  /** What electron-builder wrote. */
  readonly output: string;
  remove(): Promise<void>;
}

/** Packs the app for Linux on x64 around a folder that passes for Electron's runtime; nothing can be fetched. */
export async function packApp(): Promise<PackedApp> {
  await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-pack-'));
  const runtime = join(folder, 'electron');
  await mkdir(join(runtime, 'resources'), { recursive: true });
  await mkdir(join(runtime, 'locales'));
  await writeFile(join(runtime, 'electron'), '#!/bin/sh\n');
  await chmod(join(runtime, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak']) {
    await writeFile(join(runtime, name), 'stub');
  }
  const overrides = { electronDist: runtime, 'directories.output': join(folder, 'dist') };
  const { stdout, stderr } = await promisify(execFile)(
    resolve('node_modules/node/bin/node'),
    [
      join(dirname(builder), 'cli.js'),
      ...['--dir', '--linux', '--x64', '--publish', 'never'],
      ...Object.entries(overrides).map(([name, value]) => `-c.${name}=${value}`),
    ],
    // A download would fail at once, and the test with it.
    { env: { PATH: process.env.PATH, HOME: folder, ELECTRON_MIRROR: 'http://127.0.0.1:9/' }, maxBuffer: 10_000_000 },
  );
  const archive = join(folder, 'dist', 'linux-unpacked', 'resources', 'app.asar');
  const extracted = join(folder, 'extracted');
  extractAll(archive, extracted);
  return {
    paths: listPackage(archive, { isPack: false }),
    extracted,
    output: stdout + stderr,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
