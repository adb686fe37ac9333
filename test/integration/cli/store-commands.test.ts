import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedElasticsearch, sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { type CommandProcess, runCommand } from './command-process.ts';

let folder: string;
const started: CommandProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-store-'));
});
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.child.kill('SIGKILL');
    await each.exitCode;
  }
  rmSync(folder, { recursive: true, force: true });
});
const run = (args: readonly string[], env: Record<string, string> = {}): CommandProcess => {
  const command = runCommand(folder, args, env);
  started.push(command);
  return command;
};
/** Runs to its end; what it printed as JSON. */
const answer = async (args: readonly string[], env: Record<string, string> = {}) => {
  const command = run([...args, '--json'], env);
  expect([await command.exitCode, command.stderr()]).toEqual([0, '']);
  return JSON.parse(command.stdout());
};
const urlOf = (line: string) => line.replace('Podwatt is ready at ', '');
const rowsOf = (status: { tables: { table: string; rows: number }[] }) =>
  status.tables.find(({ table }) => table === 'combined_metrics')?.rows ?? 0;
const stop = async (command: CommandProcess) => {
  command.child.kill('SIGTERM');
  expect(await command.exitCode).toBe(0);
};

describe('a store in a file', () => {
  it('is looked at, checked and copied while Podwatt runs, and restored when it does not', async () => {
    const data = join(folder, 'data');
    const file = join(data, 'podwatt.sqlite');
    const server = run(['demo', '--port', '0', '--data-dir', data, '--backfill', '6h']);
    await server.firstLine;
    const status = await answer(['store', 'status']);
    expect(status).toMatchObject({ kind: 'sqlite', location: file, state: 'up', chosen_by: 'default' });
    expect(rowsOf(status)).toBeGreaterThan(100);
    expect(await answer(['store', 'test'])).toMatchObject({ ok: true, schema: 'current', missing_rights: [] });
    expect(await answer(['store', 'check'])).toMatchObject({ ok: true, problems: [] });
    const copy = join(folder, 'copy.sqlite');
    expect(await answer(['store', 'backup', copy])).toEqual({ file: copy, size_bytes: readFileSync(copy).length });
    expect(await answer(['store', 'vacuum'])).toMatchObject({ location: file });
    expect(await answer(['store', 'maintain'])).toMatchObject({ problem: null });
    const refused = run(['store', 'restore', copy]);
    expect(await refused.exitCode).toBe(1);
    expect(refused.stderr()).toContain('Podwatt already runs on');
    await stop(server);

    truncateSync(file, 20_000);
    const broken = run(['store', 'check']);
    expect(await broken.exitCode).toBe(1);
    expect(broken.stdout()).toMatch(/result {4}\d+ problem/);
    const restored = await answer(['store', 'restore', copy]);
    expect(restored.file).toBe(file);
    expect(existsSync(restored.replaced)).toBe(true);
    expect(await answer(['store', 'check'])).toMatchObject({ ok: true });
    expect(rowsOf(await answer(['store', 'status']))).toBeGreaterThan(100);
  });

  it('that is damaged is set aside at start, and Podwatt says so', async () => {
    const data = join(folder, 'data');
    const first = run(['demo', '--port', '0', '--data-dir', data, '--backfill', '48h']);
    await first.firstLine;
    await stop(first);
    const file = join(data, 'podwatt.sqlite');
    truncateSync(file, Math.floor(readFileSync(file).length * 0.9));
    const second = run(['serve', '--port', '0', '--no-auth']);
    const health = `${urlOf(await second.firstLine)}api/v1/store`;
    const status = (await (await fetch(health)).json()) as Record<string, unknown>;
    const aside = readdirSync(data).find((name) => name.startsWith('podwatt.sqlite.damaged-')) ?? 'none';
    expect(status).toMatchObject({ state: 'recovered', hint: expect.stringContaining(aside) });
    expect(status.problem).toMatch(/^The results file was damaged\. \d+ windows were recovered, /);
    await stop(second);
    expect(await answer(['store', 'check'])).toMatchObject({ ok: true });
  });
});

/** A demo fills a store that is there before and after it, and is told of by another process. */
async function demoFills(env: Record<string, string>, location: string): Promise<void> {
  expect(await answer(['store', 'test'], env)).toMatchObject({ ok: true, location, schema: 'new', missing_rights: [] });
  const demo = run(['demo', '--port', '0', '--no-auth', '--backfill', '2h'], env);
  const url = urlOf(await demo.firstLine);
  expect(demo.stderr()).toContain(`The rows of the sample cluster are kept in ${location}.`);
  const summary = await (await fetch(`${url}api/v1/metrics/summary?last=2h`)).json();
  expect(summary.total_co2e_grams).toBeGreaterThan(1);
  await stop(demo);
  expect(existsSync(join(folder, 'data'))).toBe(false);

  const status = await answer(['store', 'status'], env);
  expect(status).toMatchObject({ location, chosen_by: 'command', state: 'up' });
  expect(rowsOf(status)).toBeGreaterThan(100);
  expect(await answer(['store', 'test'], env)).toMatchObject({ ok: true, schema: 'current' });
  expect(await answer(['store', 'check'], env)).toMatchObject({ ok: true, problems: [] });
  expect(await answer(['store', 'vacuum'], env)).toMatchObject({ location });
  const wrong = run(['store', 'backup'], env);
  expect(await wrong.exitCode).toBe(2);
}

describe.runIf(needs('postgres'))('a store on PostgreSQL', () => {
  it('is tested, filled by a demo, looked at and checked', async () => {
    const { host, port, user, password } = await sharedPostgres();
    const schema = `cli_${randomUUID().slice(0, 8)}`;
    const PODWATT_STORE = `postgres://${user}@${host}:${port}/postgres?schema=${schema}`;
    const location = `postgres://${host}:${port}/postgres (schema ${schema})`;
    await demoFills({ PODWATT_STORE, PODWATT_STORE_PASSWORD: password }, location);
    const refused = run(['store', 'test'], { PODWATT_STORE, PODWATT_STORE_PASSWORD: 'hunter2' });
    expect(await refused.exitCode).toBe(1);
    expect(refused.stdout()).toMatch(/result {4}.*password/i);
    expect(refused.stdout() + refused.stderr()).not.toContain('hunter2');
  });
});

describe.runIf(needs('elasticsearch'))('a store on Elasticsearch', () => {
  it('is tested, filled by a demo, looked at and checked', async () => {
    const { url } = await sharedElasticsearch();
    const prefix = `cli-${randomUUID().slice(0, 8)}`;
    const PODWATT_STORE = `elasticsearch+${url}?index_prefix=${prefix}&replicas=0`;
    await demoFills({ PODWATT_STORE }, `${url.replace(/\/$/, '')} (indices ${prefix}-*)`);
  });
});
