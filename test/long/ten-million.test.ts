import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../../bench/storage/fill.ts';
import { fleetsOf } from '../../bench/storage/fleet.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = 300 * MEBIBYTE;
const ROWS = 10_000_000;

interface Outcome {
  readonly answers: number;
  readonly rows: number;
  readonly peakBytes: number;
  readonly figures: readonly { readonly question: string; readonly p95Milliseconds: number }[];
}

describe('a SQLite store of ten million rows', () => {
  let folder = '';
  let file = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-ten-million-'));
    file = join(folder, 'podwatt.sqlite');
    const store = await openSqliteResults({ file });
    for (const fleet of fleetsOf(ROWS)) await fill(store, fleet);
    await store.close();
  }, 1_800_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers every route in a process of less than 300 MB', async () => {
    const child = resolve(import.meta.dirname, 'ten-million-child.ts');
    // An app that is installed runs JavaScript: with the cache no thread takes the types off again, which costs 40 MB.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
    const ask = () => promisify(execFile)(process.execPath, [child, file], { env });
    await ask();
    const { stdout } = await ask();
    const outcome = JSON.parse(stdout) as Outcome;
    const slowest = outcome.figures.map(
      ({ question, p95Milliseconds }) => `${question} ${p95Milliseconds.toFixed(0)} ms`,
    );
    process.stderr.write(
      `ten million: ${outcome.rows} rows, peak ${Math.round(outcome.peakBytes / MEBIBYTE)} MiB, p95: ${slowest.join(', ')}\n`,
    );
    expect(outcome.rows).toBeGreaterThan(0.98 * ROWS);
    expect(outcome.answers).toBeGreaterThan(3000);
    expect(outcome.peakBytes).toBeLessThan(MOST_BYTES);
  });
});
