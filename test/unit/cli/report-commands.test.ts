import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import { clusters as canned } from '../../fakes/client/answers.ts';
import { explanation } from '../../fakes/client/explain-answers.ts';
import { answers, reportRow } from '../../fakes/router/answers.ts';
import { createFakeRouter, type FakeRouter } from '../../fakes/router/router.ts';
import { commandsOfTests } from './running-commands.ts';

const { run, folder } = commandsOfTests();
const os = implement(contract);
type Summary = typeof answers.metrics.summary;

function fakeWith(summary: Partial<Summary>): FakeRouter {
  const fake = createFakeRouter();
  const handler = os.metrics.summary.handler(({ input }) => {
    fake.inputs.push({ operation: 'metrics.summary', input });
    return { ...answers.metrics.summary, ...summary };
  });
  const list = os.clusters.list.handler(() => canned);
  const metrics = { ...Reflect.get(fake.router, 'metrics'), summary: handler };
  const clusters = { ...Reflect.get(fake.router, 'clusters'), list };
  return { ...fake, router: { ...fake.router, metrics, clusters } as FakeRouter['router'] };
}

describe('limits of a report', () => {
  // The fake has 12.5 g operational and 2 g embodied, and costs 0.30.
  it.each<[string[], number, string]>([
    [['--fail-on-co2', '14.5'], 0, ''],
    [['--fail-on-co2', '14.4'], 1, '14.5 g CO2e is more than the 14.4 g CO2e of --fail-on-co2.\n'],
    [['--fail-on-cost', '0.31'], 0, ''],
    [['--fail-on-cost', '0.1'], 1, '0.300 EUR is more than the 0.100 EUR of --fail-on-cost.\n'],
    [['--fail-on-co2', '0', '--fail-on-cost', '1'], 1, '14.5 g CO2e is more than the 0 g CO2e of --fail-on-co2.\n'],
  ])('%j end with code %d', async (args, exitCode, text) => {
    const command = run(['report', '--format', 'csv', '--namespace', 'shop', ...args]);
    expect([await command.exitCode, command.stderr()]).toEqual([exitCode, text]);
    // The report itself is there in any case.
    expect(command.stdout()).not.toBe('');
    expect(command.fake.inputs.at(-1)).toMatchObject({ operation: 'metrics.summary', input: { namespace: 'shop' } });
  });

  it('names both that were passed', async () => {
    const command = run(['report', '--fail-on-co2', '1', '--fail-on-cost', '0']);
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toContain('of --fail-on-co2; 0.300 EUR is more than the 0 EUR of --fail-on-cost.');
  });

  it('say so where there was nothing to compare with', async () => {
    const command = run(['report', '--fail-on-co2', '100'], { fake: fakeWith({ covered_seconds: 0 as never }) });
    expect(await command.exitCode).toBe(0);
    expect(command.stderr()).toBe('Nothing was collected in this range: the limits were compared with nothing.\n');
  });

  it.each(['-1', 'much', '1e3', ''])('that are no number (%j) are bad usage', async (text) => {
    const command = run(['report', `--fail-on-co2=${text}`]);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain('--fail-on-co2 takes a number');
    expect(command.steps).toEqual([]);
  });
});

describe('a cluster', () => {
  const [first] = canned.clusters;
  it.each([
    ['id', first?.id],
    ['name', first?.name],
    ['context', first?.context_name],
  ])('may be named by its %s', async (_, given) => {
    const command = run(['report', '--format', 'csv', '--cluster', given ?? ''], { fake: fakeWith({}) });
    expect(await command.exitCode).toBe(0);
    expect(command.fake.inputs.at(-1)).toMatchObject({ operation: 'reports.export', input: { cluster: first?.id } });
  });

  it('that nobody knows is left to the API to refuse', async () => {
    const command = run(['report', '--cluster', 'missing']);
    expect([await command.exitCode, command.stderr()]).toEqual([1, 'There is no "missing". Choose one of the list.\n']);
  });
});

describe('report --json', () => {
  it('is the same as --format json', async () => {
    const command = run(['report', '--json', '--team', 'web', '--granularity', 'yearly']);
    expect(await command.exitCode).toBe(0);
    expect(JSON.parse(command.stdout())).toEqual([reportRow]);
    expect(command.fake.inputs.at(-1)?.input).toMatchObject({ format: 'json', team: 'web', granularity: 'yearly' });
  });
});

describe('export', () => {
  it('goes to stdout as CSV, or to a file in the form of its name', async () => {
    const csv = run(['export', '--last', '7d', '--granularity', 'hourly']);
    expect(await csv.exitCode).toBe(0);
    expect(csv.stdout().split('\n')).toHaveLength(4);
    expect(csv.fake.inputs.at(-1)?.input).toMatchObject({ last: '7d', granularity: 'hourly', aggregate: true });
    const json = run(['export', 'rows.JSON', '--no-aggregate']);
    expect([await json.exitCode, json.stdout()]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(join(folder(), 'rows.JSON'), 'utf8'))).toEqual([reportRow]);
    expect(json.fake.inputs.at(-1)?.input).toMatchObject({ format: 'json', aggregate: false });
  });

  it('leaves no file where it breaks off', async () => {
    const command = run(['export', 'rows.csv', '--node', 'breaks']);
    expect(await command.exitCode).toBe(1);
    expect(existsSync(join(folder(), 'rows.csv'))).toBe(false);
    expect(readdirSync(folder()).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(command.stderr()).not.toContain('secret');
  });

  it('refuses two ranges at once', async () => {
    const command = run(['export', '--last', '1d', '--end', '2026-01-01T00:00:00Z']);
    expect([await command.exitCode, command.stderr()]).toEqual([2, '--last goes without --start and --end.\n']);
  });
});

describe('explain', () => {
  it('prints each step with its formula and its terms', async () => {
    const command = run(['explain', '--namespace', 'shop', '--metric', 'energy', '--at', '2026-03-10T12:00:00Z']);
    expect(await command.exitCode).toBe(0);
    expect(command.fake.inputs.at(-1)).toMatchObject({
      operation: 'explain.figure',
      input: { namespace: 'shop', metric: 'energy', timestamp: '2026-03-10T12:00:00Z' },
    });
    const text = command.stdout();
    expect(text).toContain(explanation.title);
    for (const step of explanation.steps) expect(text).toContain(step.formula);
    for (const reason of explanation.reasons) expect(text).toContain(`- ${reason}\n`);
    expect(text).toMatch(/SYMBOL +VALUE +UNIT +NAME +KNOWN +SOURCE/);
    expect(text).toMatch(/\d+ % of the range: /);
  });

  it('prints the answer of the API as JSON', async () => {
    const command = run(['explain', '--json']);
    expect(await command.exitCode).toBe(0);
    expect(JSON.parse(command.stdout())).toEqual(answers.explain.figure);
    const missing = run(['explain', '--namespace', 'missing']);
    expect(await missing.exitCode).toBe(1);
  });
});
