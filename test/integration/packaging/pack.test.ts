import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PackedApp, packApp } from './packed-app.ts';

let app: PackedApp;
beforeAll(async () => {
  app = await packApp();
});
afterAll(() => app?.remove());

const own = () => app.paths.filter((path) => !path.startsWith('/node_modules'));

it('holds the program, its pages, its tables and its licence', () => {
  expect(app.paths).toEqual(
    expect.arrayContaining([
      '/LICENSE',
      '/package.json',
      '/bin/podwatt.mjs',
      '/out/main/index.js',
      '/out/main/backend-entry.js',
      '/out/main/results-worker.js',
      '/out/main/analysis-worker.js',
      '/out/main/cli.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/out/docs/api-reference.js',
      '/resources/data/SOURCES.md',
      '/resources/data/grid_intensity_yearly.csv',
      '/resources/data/instance_types.csv',
    ]),
  );
});

it('holds nothing else of the checkout', () => {
  const tops = new Set(own().map((path) => path.split('/')[1]));
  expect([...tops].sort()).toEqual(['LICENSE', 'bin', 'out', 'package.json', 'resources']);
  expect(own().filter((path) => /\.(?:ts|tsx|map)$|\/\.built$/.test(path))).toEqual([]);
});

it('holds one build of SQLite, without its sources', () => {
  const sqlite = app.paths.filter((path) => path.startsWith('/node_modules/better-sqlite3/'));
  expect(sqlite.filter((path) => path.endsWith('.node'))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]);
  expect(sqlite.filter((path) => /\/better-sqlite3\/(?:deps|src)\//.test(path))).toEqual([]);
});

it('holds what is needed to run and no tool of the checkout', () => {
  const packages = new Set(app.paths.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? []));
  for (const name of ['@orpc/server', 'hono', 'undici', 'zod', 'better-sqlite3']) expect(packages).toContain(name);
  for (const name of ['electron', 'node', 'vite', 'vitest', 'react', 'typescript', '@playwright/test']) {
    expect(packages).not.toContain(name);
  }
  expect(app.paths.filter((path) => path.endsWith('.bare'))).toEqual([]);
});

it('starts at the file that is there, under the version of the checkout', async () => {
  const packed = JSON.parse(await readFile(join(app.extracted, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(packed).toMatchObject({ name: 'podwatt', version, type: 'module', main: './out/main/index.js' });
});

it('is whole: it reads the sample cluster with what it holds alone', async () => {
  const { stdout } = await promisify(execFile)(
    resolve('node_modules/node/bin/node'),
    ['bin/podwatt.mjs', 'collect', '--context', 'sample', '--last', '2h', '--json'],
    {
      cwd: app.extracted,
      env: { HOME: app.extracted, PODWATT_DATA_DIR: join(app.extracted, 'data'), PODWATT_KUBECONFIG: '/dev/null' },
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({ cluster_name: 'sample-shop', windows: { partial: 0, no_data: 0 } });
});

it('fetched nothing', () => {
  expect(app.output).toContain('using custom unpacked Electron distribution');
  expect(app.output).not.toMatch(/downloading/i);
});
