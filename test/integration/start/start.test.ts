import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStart, type StartProcess } from './start-process.ts';

let folder: string;
let started: StartProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-start-'));
  await writeFile(join(folder, 'kubeconfig'), 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n');
  await writeFile(join(folder, 'config.yaml'), '');
});
afterEach(async () => {
  started?.kill('SIGTERM');
  await started?.exitCode;
  started = null;
  await rm(folder, { recursive: true, force: true });
});

const start = (env: Readonly<Record<string, string>>, args?: readonly string[]): StartProcess => {
  started = runStart(folder, env, args);
  return started;
};

/** A folder that passes for Electron's: its program prints what it is given and ends with 7 when told to stop. */
async function fakeElectron(): Promise<string> {
  const dist = join(folder, 'electron');
  await mkdir(dist);
  const lines = ['#!/bin/sh', "trap 'kill $!; exit 7' TERM", 'echo "window: $*"', 'sleep 60 & wait'];
  await writeFile(join(dist, 'electron'), `${lines.join('\n')}\n`);
  await chmod(join(dist, 'electron'), 0o755);
  return dist;
}

const line = (reason: string) => `No window, because ${reason}; open the address below in a browser.`;

describe('without a window', () => {
  it('says why in one line, answers at the loopback address it prints, and stops when told', async () => {
    const dist = await fakeElectron();
    const app = start({ PODWATT_NO_ELECTRON: '1', DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: dist });
    const [, url] = await app.wait(/^Podwatt is ready at (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)\n/);
    expect(app.plainLines()).toEqual([line('PODWATT_NO_ELECTRON=1 is set')]);
    const { origin, searchParams } = new URL(url ?? '');
    const answer = await fetch(`${origin}/api/v1/health`, {
      headers: { authorization: `Bearer ${searchParams.get('token')}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { status: 'healthy' }]);
    app.kill('SIGTERM');
    expect(await app.exitCode).toBe(0);
    await expect(fetch(origin)).rejects.toThrow();
    expect(app.stdout()).toBe(`Podwatt is ready at ${url}\n`);
  });

  it.each([
    ['CI is set', { CI: 'true', DISPLAY: ':0' }],
    ['there is no display', { DISPLAY: '' }],
    ['ELECTRON_OVERRIDE_DIST_PATH holds no Electron', { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }],
  ])('%s', async (reason, env) => {
    const app = start(env, ['--no-auth']);
    const [, url] = await app.wait(/^Podwatt is ready at (http:\/\/127\.0\.0\.1:\d+\/)\n/);
    expect(app.plainLines()).toEqual([line(reason)]);
    expect((await fetch(new URL('/api/v1/health', url))).status).toBe(200);
  });
});

describe('with a runtime', () => {
  it('starts it on the app with what it was given, passes the stop on, and says nothing', async () => {
    const app = start({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: await fakeElectron() }, ['--flag']);
    const [, argv] = await app.wait(/^window: (.*)\n/);
    expect(argv).toBe(`${resolve('.')} --flag`);
    expect(app.plainLines()).toEqual([]);
    app.kill('SIGTERM');
    expect(await app.exitCode).toBe(7);
  });
});
