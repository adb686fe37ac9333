import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, createCommandWorld, type RunningCommand } from '../../fakes/cli/run-command.ts';
import { collectResult } from '../../fakes/router/router.ts';

let world: CommandWorld;
const running: RunningCommand[] = [];
beforeEach(() => {
  world = createCommandWorld();
});
afterEach(async () => {
  for (const command of running.splice(0)) {
    command.stop();
    await command.exitCode;
  }
  world.remove();
});
const run: CommandWorld['run'] = (args, options) => {
  const command = world.run(args, options);
  running.push(command);
  return command;
};
const lockFile = () => join(world.folder, 'data', 'owner.lock');

describe('usage', () => {
  it('prints version and help on stdout', async () => {
    const version = run(['--version']);
    expect([await version.exitCode, version.stdout()]).toEqual([0, '1.2.3\n']);
    const help = run(['--help']);
    expect(await help.exitCode).toBe(0);
    for (const command of ['serve', 'demo', 'collect', 'contexts', 'report'])
      expect(help.stdout()).toContain(`\n  ${command}`);
    expect(await run(['serve', '--help']).exitCode).toBe(0);
  });

  it.each<[string[], string]>([
    [['sevre'], 'Did you mean serve?'],
    [['serve', '--prot', '1'], "unknown option '--prot'"],
    [['serve', '--port', 'x'], '--port takes a port from 0 to 65535'],
    [['serve', '--host', '0.0.0.0', '--no-auth'], '--no-auth is for loopback addresses only'],
    [['serve', '--prometheus', 'http://p'], 'exactly one --context'],
    [['collect', '--last', '24h'], 'collect takes exactly one --context NAME'],
    [['collect', '--context', 'a', '--context', 'b'], 'collect takes exactly one --context NAME'],
    [['collect', '--context', 'a', '--last', 'soon'], '--last takes a number and h, d or w'],
    [['report', '--format', 'xml'], 'Allowed choices are table, csv, json'],
    [['report', '--last', '1d', '--start', '2026-01-01T00:00:00Z'], '--last goes without --start and --end'],
  ])('answers %j with exit code 2 and a sentence', async (args, text) => {
    const command = run(args);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain(text);
    expect(command.stdout()).toBe('');
    expect(command.stderr()).not.toMatch(/\n\s+at /);
    expect(command.steps).toEqual([]);
  });
});

describe('serve', () => {
  it('prints exactly one line when ready, whose token opens the door once', async () => {
    const command = run(['serve', '--port', '0', '--open']);
    const line = await command.firstLine();
    expect(line).toMatch(/^Podwatt is ready at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const url = line.slice('Podwatt is ready at '.length);
    await expect.poll(() => command.opened).toEqual([url]);
    const first = await fetch(url, { redirect: 'manual' });
    expect(first.headers.get('set-cookie')).toMatch(/^podwatt_session=/);
    expect(command.steps).toEqual(['create', 'start']);
    command.stop();
    expect(await command.exitCode).toBe(0);
    expect(command.steps).toEqual(['create', 'start', 'stop']);
    expect(command.stdout()).toBe(`${line}\n`);
    expect(existsSync(lockFile())).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('hands the settings to its backend', async () => {
    const command = run([
      'serve',
      '--port',
      '0',
      '--no-auth',
      '--context',
      'x',
      '--prometheus',
      'http://p:9090',
      '--interval',
      '1m',
      '--backfill',
      '2d',
    ]);
    expect(await command.firstLine()).toMatch(/^Podwatt is ready at http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(command.requests[0]).toMatchObject({
      sources: 'all',
      startsSample: false,
      contexts: ['x'],
      prometheusUrls: { x: 'http://p:9090' },
      intervalSeconds: 60,
      backfillSeconds: 172_800,
      apiPort: null,
    });
  });

  it('refuses a second one on the same data, naming the address of the first', async () => {
    const first = run(['serve', '--port', '0']);
    const address = new URL((await first.firstLine()).split(' at ')[1] ?? '').origin;
    // Another process of the same machine would see the same lock; in this one the lock counts as held.
    const second = run(['serve', '--port', '0']);
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toContain(`Podwatt already runs on ${join(world.folder, 'data')}, at ${address}`);
    expect(second.steps).toEqual([]);
  });

  it('explains a port that is taken, and leaves no lock behind', async () => {
    const first = run(['serve', '--port', '0']);
    const { port } = new URL((await first.firstLine()).split(' at ')[1] ?? '');
    const second = run(['serve', '--port', port, '--data-dir', 'other']);
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toBe(
      `Port ${port} on 127.0.0.1 is taken.\nChoose another with --port, or any free one with --port 0.\n`,
    );
    expect(second.steps).toEqual(['create', 'stop']);
    expect(readdirSync(join(world.folder, 'other'))).toEqual([]);
  });

  it('fails with one sentence where the backend can not start', async () => {
    const command = run(['serve', '--port', '0'], {
      backend: { start: () => Promise.reject(new Error('secret path /x')) },
    });
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toContain('Podwatt met an unexpected error.');
    expect(command.stderr()).not.toContain('secret');
    expect(existsSync(lockFile())).toBe(false);
  });
});

describe('demo', () => {
  it('has the sample alone, in a folder of its own that goes with it', async () => {
    const command = run(['demo', '--port', '0', '--no-auth']);
    expect(await command.firstLine()).toMatch(/^Podwatt is ready/);
    const [request] = command.requests;
    expect(request).toMatchObject({ sources: 'sample', startsSample: true, contexts: [], backfillSeconds: 604_800 });
    const dataDir = request?.dataDir ?? '';
    expect(dataDir).toContain('podwatt-demo-');
    command.stop();
    expect(await command.exitCode).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
    expect(existsSync(join(world.folder, 'data'))).toBe(false);
  });

  it('keeps a folder that was chosen, and reads other contexts where they are named', async () => {
    const command = run(['demo', '--port', '0', '--data-dir', 'mine', '--context', 'x', '--backfill', '1d']);
    await command.firstLine();
    expect(command.requests[0]).toMatchObject({
      sources: 'all',
      startsSample: true,
      contexts: ['x'],
      backfillSeconds: 86_400,
    });
    command.stop();
    await command.exitCode;
    expect(existsSync(join(world.folder, 'mine'))).toBe(true);
  });
});

describe('collect', () => {
  it('prints what each source gave', async () => {
    const command = run(['collect', '--context', 'prod', '--last', '24h']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toContain('22 whole, 1 partial, 1 without data, 0 already there');
    expect(command.stdout()).toMatch(/prometheus {2}ok {5}24 windows/);
    expect(command.fake.inputs[0]).toEqual({ operation: 'contexts.collect', input: { context: 'prod', last: '24h' } });
    // A command never starts the scheduler.
    expect(command.steps).toEqual(['create', 'stop']);
    expect(existsSync(lockFile())).toBe(false);
  });

  it('prints the result as JSON', async () => {
    const command = run(['collect', '--context', 'prod', '--json']);
    expect(await command.exitCode).toBe(0);
    expect(JSON.parse(command.stdout())).toEqual(collectResult);
  });

  it('says what failed and what to do', async () => {
    const command = run(['collect', '--context', 'missing']);
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toBe('There is no "missing". Choose one of the list.\n');
    const boom = run(['collect', '--context', 'boom']);
    expect(await boom.exitCode).toBe(1);
    expect(boom.stderr()).not.toContain('hunter2');
  });

  it('goes through a Podwatt that runs on the same data', async () => {
    const server = run(['serve', '--port', '0']);
    await server.firstLine();
    const command = run(['collect', '--context', 'prod', '--json', '--kubeconfig', 'file']);
    expect(await command.exitCode).toBe(0);
    expect(command.steps).toEqual([]);
    expect(server.fake.inputs.at(-1)?.operation).toBe('contexts.collect');
    expect(JSON.parse(command.stdout())).toEqual(collectResult);
    expect(command.stderr()).toContain('kubeconfig given here are left out');
    const failed = run(['collect', '--context', 'missing']);
    expect(await failed.exitCode).toBe(1);
    expect(failed.stderr()).toBe('There is no "missing". Choose one of the list.\n');
  });
});

describe('contexts', () => {
  it('lists them as a table and as JSON', async () => {
    const table = run(['contexts']);
    expect(await table.exitCode).toBe(0);
    expect(table.stdout()).toMatch(/NAME +CLUSTER +SERVER +SIGN-IN +COLLECTING/);
    expect(table.stdout()).toContain('sample');
    expect(table.stdout()).toContain('broken: The file ends in the middle. Repair it.');
    const json = run(['contexts', '--json']);
    expect(await json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout()).contexts).toHaveLength(2);
  });
});

describe('report', () => {
  it('prints a table with its totals', async () => {
    const command = run(['report', '--last', '24h', '--namespace', 'shop']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toMatch(/PERIOD +NAMESPACE +POD +ENERGY kWh +CO2e g/);
    expect(command.stdout()).toMatch(/shop +cart-1 +1\.00 +12\.5 +2\.00 +0\.300/);
    expect(command.stdout()).toMatch(/Total: 1 rows.*1\.00 kWh · 12\.5 g CO2e/);
    expect(command.fake.inputs[0]?.input).toMatchObject({
      last: '24h',
      namespace: 'shop',
      group_by: 'pod',
      granularity: 'daily',
      aggregate: true,
    });
  });

  it('copies CSV to stdout and to a file that is whole or not there', async () => {
    const csv = run(['report', '--format', 'csv']);
    expect(await csv.exitCode).toBe(0);
    expect(csv.stdout()).toBe('0000000000000000000\n0000000000000000001\n0000000000000000002\n');
    const file = run(['report', '--format', 'csv', '--output', 'out.csv']);
    expect(await file.exitCode).toBe(0);
    expect(file.stdout()).toBe('');
    expect(readFileSync(join(world.folder, 'out.csv'), 'utf8')).toBe(csv.stdout());
    writeFileSync(join(world.folder, 'old.csv'), 'old');
    const broken = run(['report', '--format', 'csv', '--node', 'breaks', '--output', 'old.csv']);
    expect(await broken.exitCode).toBe(1);
    expect(readFileSync(join(world.folder, 'old.csv'), 'utf8')).toBe('old');
    expect(readdirSync(world.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('explains ranges and files that do not work', async () => {
    const range = run(['report', '--last', 'soon']);
    expect(await range.exitCode).toBe(2);
    expect(range.stderr()).toContain('last takes a number and a unit');
    const file = run(['report', '--output', 'no/such/folder/x.csv', '--format', 'csv']);
    expect(await file.exitCode).toBe(1);
    expect(file.stderr()).toContain("no/such/folder/x.csv can't be written (ENOENT).\nChoose another --output.");
  });
});
