import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, createCommandWorld, type RunningCommand } from '../../fakes/cli/run-command.ts';

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
const config = (text: string) => writeFileSync(join(world.folder, 'config.yaml'), text);

/** What a command asked of its backend, with the settings in force. */
async function requestOf(args: string[], env: Record<string, string> = {}) {
  const command = run(args, { env });
  const line = await command.firstLine();
  return { request: command.requests[0], line, command };
}

describe('where a setting comes from', () => {
  const layers = ['default', 'config.yaml', 'environment', 'option'] as const;

  it.each<[string, string, string, string, string[], readonly unknown[]]>([
    ['interval', 'intervalSeconds', 'interval: 2m', '3m', ['--interval', '4m'], [300, 120, 180, 240]],
    ['backfill', 'backfillSeconds', 'backfill: 2d', '3d', ['--backfill', '4d'], [604_800, 172_800, 259_200, 345_600]],
    ['context', 'contexts', 'context: [file]', 'env', ['--context', 'option'], [[], ['file'], ['env'], ['option']]],
  ])('%s: option before variable before file before default', async (name, field, line, value, args, expected) => {
    const seen: unknown[] = [];
    for (const layer of layers) {
      const depth = layers.indexOf(layer);
      if (depth >= 1) config(`${line}\n`);
      const env: Record<string, string> = depth >= 2 ? { [`PODWATT_${name.toUpperCase()}`]: value } : {};
      const { request, command } = await requestOf(['serve', '--port', '0', ...(depth >= 3 ? args : [])], env);
      seen.push(request?.[field as keyof typeof request]);
      command.stop();
      await command.exitCode;
    }
    expect(seen).toEqual(expected);
  });

  it('an option of one setting leaves the other settings of the layers below in force', async () => {
    config('interval: 2m\nbackfill: 2d\ncontext: file\n');
    const { request } = await requestOf(['serve', '--port', '0', '--interval', '1m'], { PODWATT_BACKFILL: '3d' });
    expect(request).toMatchObject({ intervalSeconds: 60, backfillSeconds: 259_200, contexts: ['file'] });
  });

  it('the token can be switched off by a variable or the file, on loopback only', async () => {
    const open = await requestOf(['serve', '--port', '0'], { PODWATT_AUTH: 'false' });
    expect(open.line).not.toContain('token=');
    open.command.stop();
    await open.command.exitCode;
    config('auth: false\nhost: 0.0.0.0\n');
    const refused = run(['serve', '--port', '0']);
    expect(await refused.exitCode).toBe(2);
    expect(refused.stderr()).toContain('loopback');
    expect(refused.steps).toEqual([]);
  });

  it('a wrong setting is refused in the words of where it stands', async () => {
    config('interval: often\n');
    const file = run(['serve', '--port', '0']);
    expect([await file.exitCode, file.stderr()]).toEqual([
      2,
      expect.stringMatching(/interval in .*config\.yaml takes/),
    ]);
    config('');
    const variable = run(['serve'], { env: { PODWATT_PORT: '99999' } });
    expect([await variable.exitCode, variable.stderr()]).toEqual([
      2,
      expect.stringContaining('PODWATT_PORT takes a port'),
    ]);
  });

  it('a file that is no YAML stops every command with exit code 2', async () => {
    config('a: [\n');
    for (const args of [['serve'], ['contexts'], ['report'], ['collect', '--context', 'x']]) {
      const command = run(args);
      expect([args, await command.exitCode]).toEqual([args, 2]);
      expect(command.stderr()).toMatch(/is not valid YAML at line \d/);
    }
  });
});

describe('--prometheus', () => {
  it.each<[string[], Record<string, string>]>([
    [['--context', 'x', '--prometheus', 'http://p:9090'], { x: 'http://p:9090' }],
    [['--prometheus', 'x=http://p:9090'], { x: 'http://p:9090' }],
    [['--prometheus', 'x=http://p', '--prometheus', 'y=https://q/base'], { x: 'http://p', y: 'https://q/base' }],
    [
      ['--prometheus', 'arn:aws:eks:eu-west-3:1:cluster/a=https://q?a=b'],
      { 'arn:aws:eks:eu-west-3:1:cluster/a': 'https://q?a=b' },
    ],
    [['--context', 'x', '--prometheus', 'http://p', '--prometheus', 'y=http://q'], { x: 'http://p', y: 'http://q' }],
  ])('%j', async (args, urls) => {
    expect((await requestOf(['serve', '--port', '0', ...args])).request?.prometheusUrls).toEqual(urls);
  });

  it.each<[string[]]>([
    [['--prometheus', 'http://p']],
    [['--context', 'x', '--context', 'y', '--prometheus', 'http://p']],
    [['--context', 'x', '--prometheus', 'p:9090']],
    [['--context', 'x', '--prometheus', '=http://p']],
    [['--context', 'x', '--prometheus', 'http://p', '--prometheus', 'http://q']],
    [['--context', 'x', '--prometheus', 'javascript:alert(1)']],
  ])('%j is bad usage, and nothing starts', async (args) => {
    const command = run(['serve', '--port', '0', ...args]);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain('--prometheus');
    expect([command.stdout(), command.steps]).toEqual(['', []]);
  });

  it('goes to collect as it goes to serve', async () => {
    const command = run(['collect', '--context', 'prod', '--prometheus', 'http://p']);
    expect(await command.exitCode).toBe(0);
    expect(command.requests[0]).toMatchObject({ prometheusUrls: { prod: 'http://p' }, contexts: ['prod'] });
  });
});

describe('stdout', () => {
  it('of a server is the ready line alone, once, whatever it did meanwhile', async () => {
    const command = run(['serve', '--port', '0', '--no-auth']);
    const line = await command.firstLine();
    const origin = line.slice('Podwatt is ready at '.length).replace(/\/$/, '');
    for (const path of ['/api/v1/health', '/api/v1/nope', '/api/v1/metrics/summary?namespace=boom']) {
      await (await fetch(origin + path)).text();
    }
    command.stop();
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toBe(`${line}\n`);
    expect(command.log.lines).toContain('error An operation failed unexpectedly');
  });

  it('the ready line comes after the start, and not at all where that fails', async () => {
    const gate = Promise.withResolvers<void>();
    const command = run(['serve', '--port', '0'], { backend: { start: () => gate.promise } });
    await expect.poll(() => command.steps).toContain('create');
    expect(command.stdout()).toBe('');
    gate.reject(new Error('no'));
    expect(await command.exitCode).toBe(1);
    expect(command.stdout()).toBe('');
  });

  it('holds nothing but the result, so that it can be piped', async () => {
    for (const args of [
      ['report', '--format', 'json'],
      ['contexts', '--json'],
      ['collect', '--context', 'prod', '--json'],
    ]) {
      const command = run(args);
      expect(await command.exitCode).toBe(0);
      if (args[0] !== 'report') JSON.parse(command.stdout());
      expect([args[0], command.stderr()]).toEqual([args[0], '']);
    }
  });

  it.each<[string[], number]>([
    [['report', '--namespace', 'missing'], 1],
    [['report', '--namespace', 'boom', '--format', 'csv'], 1],
    [['report', '--tz', 'Mars/Phobos'], 2],
    [['report', '--group-by', 'node'], 2],
    [['report', '--granularity', 'minutely'], 2],
    [['report', 'extra'], 2],
    [['collect', '--context', 'prod', '--last', '1y'], 2],
    [['collect', '--context', 'busy'], 1],
    [['nonsense'], 2],
    [['serve', '--interval', '1s'], 2],
  ])('%j ends with %i, words on stderr, and nothing on stdout', async (args, code) => {
    const command = run(args);
    expect(await command.exitCode).toBe(code);
    expect(command.stdout()).toBe('');
    expect(command.stderr().length).toBeGreaterThan(10);
    expect(command.stderr()).not.toMatch(/hunter2|\n\s+at /);
  });
});
