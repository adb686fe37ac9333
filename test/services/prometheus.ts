import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

export type OpenMetricsWriter = (file: string) => Promise<void>;

export interface PrometheusStart {
  /**
   * Text in OpenMetrics form, or a function that writes such a file; null for an empty server. Several functions write
   * one file after the other, each of other hours, so that the disk never holds all of the text.
   */
  readonly openMetrics: string | OpenMetricsWriter | readonly OpenMetricsWriter[] | null;
  readonly extraArguments?: readonly string[];
  /** `prometheus.yml`; what it scrapes comes on top of the samples. Nothing where left out. */
  readonly config?: string;
}

const READY_SECONDS = 60;

/** A real Prometheus on a free loopback port, with the samples in its blocks; its folder goes when it stops. */
export async function startPrometheus(start: PrometheusStart): Promise<RunningPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-prometheus-'));
  let server: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (server !== null && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeBlocks(start.openMetrics, folder);
    await writeFile(join(folder, 'prometheus.yml'), start.config ?? 'global: {}\n');
    const port = await freePort();
    const said: string[] = [];
    server = spawn('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=10y',
      '--storage.tsdb.allow-overlapping-blocks',
      `--web.listen-address=127.0.0.1:${port}`,
      ...(start.extraArguments ?? []),
    ]);
    server.stdout?.resume();
    server.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const url = `http://127.0.0.1:${port}`;
    await whenReady(url, server, said);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeBlocks(openMetrics: PrometheusStart['openMetrics'], folder: string): Promise<void> {
  if (openMetrics === null) return;
  const writers =
    typeof openMetrics === 'string' ? [(file: string) => writeFile(file, openMetrics)] : [openMetrics].flat();
  const file = join(folder, 'samples.om');
  for (const write of writers) {
    await write(file);
    const create = [
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      '--max-block-duration=24h',
      file,
      join(folder, 'data'),
    ];
    await promisify(execFile)('promtool', ['tsdb', ...create], { maxBuffer: 8 * 1024 * 1024 });
    await rm(file);
  }
}

async function whenReady(url: string, server: ChildProcess, said: readonly string[]): Promise<void> {
  for (let tries = 0; tries < READY_SECONDS * 10; tries += 1) {
    if (server.exitCode !== null) throw new Error(`prometheus ended at once: ${said.join('').slice(-500)}`);
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error(`prometheus was not ready after ${READY_SECONDS} s: ${said.join('').slice(-500)}`);
}
