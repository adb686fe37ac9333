import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { ServerProcess } from './server-process.ts';

export const BOAVIZTA_VERSION = '2.5.0';

export interface RunningBoavizta {
  readonly url: string;
  stop(): Promise<void>;
}

/** The real service from PyPI, in an environment of its own below the temporary folder, which goes when it stops. */
export async function startBoavizta(): Promise<RunningBoavizta> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-boavizta-'));
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  try {
    const run = promisify(execFile);
    await run('python3', ['-m', 'venv', folder]);
    const install = ['install', '--quiet', '--disable-pip-version-check', `boaviztapi==${BOAVIZTA_VERSION}`];
    await run(join(bin, 'pip'), install, { maxBuffer: 8 * 1024 * 1024 });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = new ServerProcess({
      program: join(bin, 'uvicorn'),
      args: ['boaviztapi.main:app', '--host', '127.0.0.1', '--port', `${port}`, '--log-level', 'warning'],
      isReady: () =>
        fetch(`${url}/v1/cloud/instance/all_providers`).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
    await server.start();
    return {
      url,
      stop: async () => {
        await server.end('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
