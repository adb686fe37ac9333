import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandProcess, runCommand } from './command-process.ts';

let folder: string;
const started: CommandProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-process-'));
});
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.child.kill('SIGKILL');
    await each.exitCode;
  }
  rmSync(folder, { recursive: true, force: true });
});
const run = (...args: string[]) => {
  const command = runCommand(folder, args);
  started.push(command);
  return command;
};
const urlOf = (line: string) => line.replace('Podwatt is ready at ', '');

describe('demo', () => {
  it('has a week of history that adds up, from one line on stdout to a clean end', async () => {
    const command = run('demo', '--port', '0', '--no-auth');
    const line = await command.firstLine;
    expect(line).toMatch(/^Podwatt is ready at http:\/\/127\.0\.0\.1:\d+\/$/);
    const get = async (path: string) => (await fetch(`${urlOf(line)}api/v1${path}`)).json();
    const summary = await get('/metrics/summary?last=7d');
    const { namespaces } = await get('/namespaces?last=7d');
    const { timeseries } = await get('/metrics/timeseries?last=7d&granularity=hour');
    const sum = (items: Record<string, number>[], key: string) =>
      items.reduce((total, item) => total + (item[key] ?? 0), 0);
    expect(summary.total_co2e_grams).toBeGreaterThan(100);
    expect(sum(namespaces, 'total_co2e_grams') / summary.total_co2e_grams).toBeCloseTo(1, 6);
    expect(sum(timeseries, 'co2e_grams') / summary.total_co2e_grams).toBeCloseTo(1, 6);
    expect(sum(timeseries, 'energy_joules') / summary.total_energy_joules).toBeCloseTo(1, 6);
    expect(sum(namespaces, 'total_cost') / summary.total_cost).toBeCloseTo(1, 6);
    command.child.kill('SIGTERM');
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toBe(`${line}\n`);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

describe('one owner of a data folder', () => {
  it('answers commands, refuses a second server, and is replaced when it was killed', async () => {
    const server = run('demo', '--port', '0', '--data-dir', join(folder, 'shared'), '--backfill', '6h');
    const url = urlOf(await server.firstLine);
    const lock = join(folder, 'shared', 'owner.lock');
    expect(statSync(lock).mode & 0o777).toBe(0o600);
    const second = run('serve', '--port', '0', '--data-dir', join(folder, 'shared'));
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toContain(`at ${new URL(url).origin}`);

    // Only the running server has the sample's rows: an answer with them went through it.
    const report = run(
      'report',
      '--last',
      '24h',
      '--data-dir',
      join(folder, 'shared'),
      '--format',
      'csv',
      '--group-by',
      'namespace',
    );
    expect([await report.exitCode, report.stderr()]).toEqual([0, '']);
    const [header, ...rows] = report.stdout().trim().split('\n');
    expect(header).toContain('period_start,');
    expect(rows.length).toBeGreaterThan(5);

    server.child.kill('SIGKILL');
    await server.exitCode;
    expect(existsSync(lock)).toBe(true);
    const offline = run(
      'report',
      '--last',
      '24h',
      '--data-dir',
      join(folder, 'shared'),
      '--format',
      'csv',
      '--group-by',
      'namespace',
      '--output',
      join(folder, 'out.csv'),
    );
    expect([await offline.exitCode, offline.stderr()]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[0]).toBe(header);
    expect(existsSync(lock)).toBe(false);
  });
});

describe('the token', () => {
  it('opens the door to a browser once, and nobody else comes in', async () => {
    const server = run('serve', '--port', '0');
    const url = urlOf(await server.firstLine);
    const { origin } = new URL(url);
    expect((await fetch(`${origin}/api/v1/config`)).status).toBe(401);
    expect((await fetch(`${origin}/api/v1/health`)).status).toBe(200);
    const exchanged = await fetch(url, { redirect: 'manual' });
    const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(`${origin}/api/v1/config`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')).toBeNull();
    expect(server.stderr()).not.toContain(new URL(url).searchParams.get('token') ?? 'none');
    server.child.kill('SIGINT');
    expect(await server.exitCode).toBe(0);
  });
});

describe('contexts', () => {
  it('lists those of the kubeconfig and the sample', async () => {
    writeFileSync(
      join(folder, 'kubeconfig'),
      'apiVersion: v1\nkind: Config\ncurrent-context: prod\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: [{name: u, user: {token: secret-token}}]\ncontexts: [{name: prod, context: {cluster: c, user: u}}]\n',
    );
    const command = run('contexts', '--json');
    expect([await command.exitCode, command.stderr()]).toEqual([0, '']);
    const { contexts } = JSON.parse(command.stdout());
    expect(contexts.map((context: { name: string }) => context.name)).toEqual(['prod', 'sample']);
    expect(command.stdout()).not.toContain('secret-token');
  });
});
