import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/output/progress-line.ts';
import { formatCopy, showStep } from '../../../src/cli/output/store-copy-text.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { CLUSTER, NEW_YEAR, OTHER_CLUSTER } from '../../contract/storage/sample-windows.ts';
import { FILLED_WINDOWS, fillStore } from '../../fakes/backend/filled-store.ts';
import { type CommandWorld, createCommandWorld } from '../../fakes/cli/run-command.ts';

let world: CommandWorld;
beforeEach(() => {
  world = createCommandWorld();
});
afterEach(() => world.remove());

const path = (name: string) => join(world.folder, name);
const copy = async (args: readonly string[], env: Record<string, string> = {}) => {
  const command = world.run(['store', 'copy', ...args], { env });
  const exitCode = await command.exitCode;
  return { exitCode, stdout: command.stdout(), stderr: command.stderr(), steps: command.steps };
};
const BOTH = ['--from', 'sqlite:a.sqlite', '--to', 'sqlite:b.sqlite'] as const;

async function filled(): Promise<void> {
  const store = await openSqliteResults({ file: path('a.sqlite'), readers: 1 });
  await fillStore(store);
  await store.close();
}

describe('store copy', () => {
  it('copies a store and prints what was copied as JSON, then what was there', async () => {
    await filled();
    const first = await copy([...BOTH, '--json']);
    expect([first.exitCode, first.stderr, first.steps]).toEqual([0, '', []]);
    const printed = JSON.parse(first.stdout);
    expect(printed).toMatchObject({ from: path('a.sqlite'), to: path('b.sqlite') });
    expect(printed.clusters[0]).toMatchObject({
      id: CLUSTER,
      name: 'Production',
      windows_written: FILLED_WINDOWS,
      windows_already_there: 0,
      not_carried: null,
      records: { namespaces: 13, pods: 109, metrics: 24, costs: 3, health_changes: 2, savings_days: 3, scores: 3 },
      verified: { windows: FILLED_WINDOWS, rows: 80, currency: 'EUR' },
    });
    expect(printed.clusters[1]).toMatchObject({ id: OTHER_CLUSTER, windows_written: 3, verified: { currency: 'USD' } });
    expect(printed.records).toEqual({ intensities: 4, embodied: 2, budgets: 2, alerts: 1, audit: 1 });
    const again = await copy(BOTH);
    expect([again.exitCode, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toContain(`from    ${path('a.sqlite')}\nto      ${path('b.sqlite')}\n\nCLUSTER `);
    expect(again.stdout).toMatch(
      /Production +0 +20 +20 +80 +[\d.]+ +[\d.]+ +[\d.]+ EUR\nStaging +0 +3 +3 +15 +[\d.]+ +[\d.]+ +[\d.]+ USD\n/,
    );
    expect(again.stdout).toContain('are the same in both stores.\n');
  });

  it('names the cluster that somebody collects, with exit code 1', async () => {
    await filled();
    const target = await openSqliteResults({ file: path('b.sqlite'), readers: 1 });
    const holder = { holder: 'other', holderName: 'laptop-1 (pid 4711)', durationSeconds: 600 };
    await target.takeLease({ clusterId: CLUSTER, ...holder });
    await target.close();
    const refused = await copy(BOTH);
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(
      /^Production is collected into the target by laptop-1 \(pid 4711\)\.\nIts lease holds until .*Stop it there/,
    );
  });

  it.each([
    [['--to', 'sqlite:b.sqlite'], "required option '--from <url>'"],
    [['--from', 'sqlite:a.sqlite'], "required option '--to <url>'"],
    [['--from', 'sqlite:a.sqlite', '--to', 'sqlite:./a.sqlite'], 'Both addresses lead to the same store.'],
    [['--from', 'mysql://u:hunter2@h/d', '--to', 'sqlite:b.sqlite'], '--from begins with no kind of store'],
    [['--from', 'sqlite:a.sqlite', '--to', 'postgres://u:hunter2@h'], '--to names no database.'],
  ])('refuses %j with exit code 2', async (args, text) => {
    const refused = await copy(args);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(text);
    expect(refused.stderr).not.toContain('hunter2');
    expect(existsSync(path('b.sqlite'))).toBe(false);
  });

  it('refuses a source that is not there, and makes nothing', async () => {
    const refused = await copy(BOTH);
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(`There is no store yet at ${path('a.sqlite')}.`);
    expect([existsSync(path('a.sqlite')), existsSync(path('b.sqlite'))]).toEqual([false, false]);
  });

  it('takes the secret of a side from its own variable; one of the store only where the other side is a file', async () => {
    const server = 'elasticsearch+http://u@127.0.0.1:1';
    const ofStore = { PODWATT_STORE_PASSWORD: 'hunter2' };
    const lacking = 'gives a user without a password';
    const both = ['--from', server, '--to', `${server}?index_prefix=other`];
    expect(await copy(both, ofStore)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`--from ${lacking}`),
    });
    const one = { ...ofStore, PODWATT_STORE_FROM_PASSWORD: 'x' };
    expect(await copy(both, one)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`--to ${lacking}`) });
    // Both are read; that nobody answers is found out only then.
    const each = { ...one, PODWATT_STORE_TO_PASSWORD: 'y' };
    expect(await copy(both, each)).toMatchObject({ exitCode: 1, stderr: expect.not.stringContaining(lacking) });
    const fromServer = ['--from', server, '--to', 'sqlite:b.sqlite'];
    expect(await copy(fromServer, ofStore)).toMatchObject({
      exitCode: 1,
      stderr: expect.not.stringContaining(lacking),
    });
  });

  it('says that a server does not answer, without its password', async () => {
    await filled();
    const to = ['--from', 'sqlite:a.sqlite', '--to', 'postgres://u@127.0.0.1:1/d'];
    const refused = await copy(to, { PODWATT_STORE_TO_PASSWORD: 'hunter2' });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('postgres://127.0.0.1:1/d (schema public)');
    expect(refused.stderr).not.toContain('hunter2');
  });
});

describe('what store copy prints', () => {
  const verified = { windows: 2, rows: 10, joules: 7.2e6, co2eGrams: 100, embodiedCo2eGrams: 20, totalCost: 3 };
  const cluster = { id: 'c', name: 'prod\u001b[2J', currency: 'EUR', records: {}, verified };
  const store = { from: 'a', to: 'b', shared: {} };

  it('says what retention had removed, and shows no escape sequence of a name', () => {
    const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 600 };
    const text = formatCopy({
      ...store,
      clusters: [{ ...cluster, windows: { written: 2, there: 0, notCarried: { windows: 2, range } } }],
    });
    expect(text).toMatch(/ 2\.00 +120 +3\.00 EUR\n/);
    expect(text).toContain(
      'Not copied of prod?[2J: 2 windows from 2026-01-01T00:00:00Z to 2026-01-01T00:10:00Z. Retention removed',
    );
    expect(text).not.toContain('\u001b');
    const one = { ...cluster, windows: { written: 0, there: 0, notCarried: { windows: 1, range } } };
    expect(formatCopy({ ...store, clusters: [one] })).toContain('1 window from');
    expect(formatCopy({ ...store, clusters: [] })).toContain('The source knows no cluster.');
  });

  it('is a bar on a terminal, and nothing where nobody watches', () => {
    const linesOf = (isInteractive: boolean) => {
      const lines: string[] = [];
      const line = progressLine({
        env: {},
        workingDir: '/',
        isInteractive,
        write: async () => undefined,
        writeError: (text) => void lines.push(text.replace('\r\u001b[K', '')),
        stopSignal: new AbortController().signal,
      });
      showStep(line, { what: 'copying', cluster: 'prod\u0007', done: 1, of: 4 });
      showStep(line, { what: 'copying records', cluster: null, done: 7, of: null });
      return lines;
    };
    expect(linesOf(true)).toEqual([
      '[======>                 ]  25 % copying prod?: 1 of 4 windows',
      'copying records: 7',
    ]);
    expect(linesOf(false)).toEqual([]);
  });
});
