import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StubApiServer, startStubApiServer } from '../fakes/kubernetes/stub-api-server.ts';
import { CONTEXT } from '../integration/pipeline/collect-backend.ts';
import { withTables } from '../integration/pipeline/stored.ts';
import { type RunningPrometheus, startPrometheus } from '../services/prometheus.ts';
import { needs } from '../setup/programs.ts';
import { JOB_PODS, listsAt, NODES, SERVICE_PODS, writeSamples } from './large-cluster.ts';

const START_SECONDS = Date.UTC(2026, 2, 10) / 1000;
const END_SECONDS = START_SECONDS + 86_400;
const PIECE_SECONDS = 7200;
const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = 300 * MEBIBYTE;

interface Outcome {
  readonly windows: { readonly whole: number; readonly partial: number; readonly no_data: number };
  readonly rows: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

describe.runIf(needs('prometheus'))('a day of 3,000 pods on 60 nodes', () => {
  let folder = '';
  let prometheus: RunningPrometheus;
  let api: StubApiServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-scale-'));
    // From two hours before the day to the first scrapes after it.
    const pieces = Array.from({ length: 13 }, (_, index) => START_SECONDS + (index - 1) * PIECE_SECONDS);
    prometheus = await startPrometheus({
      openMetrics: [...pieces, END_SECONDS].map((from) => (file: string) => {
        const to = from === END_SECONDS ? END_SECONDS + 600 : from + PIECE_SECONDS;
        return writeSamples(file, from, to, START_SECONDS);
      }),
    });
    api = await startStubApiServer({
      ...listsAt(END_SECONDS, START_SECONDS),
      token: 'large',
      backends: { 'monitoring/prometheus-server': prometheus.url },
    });
    await writeFile(join(folder, 'kubeconfig'), api.kubeconfigYaml({ context: CONTEXT }));
  }, 900_000);
  afterAll(async () => {
    await api?.close();
    await prometheus?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is read by one process in less than 300 MB', async () => {
    const dataDir = join(folder, 'data');
    const script = resolve(import.meta.dirname, 'collect-memory-child.ts');
    const args = [script, dataDir, join(folder, 'kubeconfig'), String(END_SECONDS + 95)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const outcome = JSON.parse(stdout) as Outcome;
    process.stderr.write(
      `scale: ${outcome.rows} rows in ${outcome.seconds.toFixed(0)} s, peak ${Math.round(outcome.peakBytes / MEBIBYTE)} MiB\n`,
    );
    expect(outcome.windows).toMatchObject({ whole: 24, partial: 0, no_data: 0 });
    const pods = withTables(dataDir, (database) =>
      database
        .prepare(
          "select timestamp, count(*) as pods, sum(joules) as joules from combined_metrics where row_kind = 'pod' group by timestamp",
        )
        .all(),
    ) as { pods: number; joules: number }[];
    expect(pods).toHaveLength(24);
    for (const hour of pods) {
      expect(hour.pods).toBeGreaterThanOrEqual(SERVICE_PODS + JOB_PODS);
      expect(hour.joules).toBeGreaterThan(NODES * 3600);
    }
    expect(outcome.peakBytes).toBeLessThan(MOST_BYTES);
  });
});
