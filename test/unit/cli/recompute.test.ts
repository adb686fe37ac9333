import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatRecomputed } from '../../../src/cli/output/recompute-text.ts';
import { type CommandWorld, createCommandWorld } from '../../fakes/cli/run-command.ts';
import { recomputeEvents } from '../../fakes/client/explain-answers.ts';

let world: CommandWorld;
beforeEach(() => {
  world = createCommandWorld();
});
afterEach(() => world.remove());

const last = recomputeEvents.at(-1);
const done = last?.kind === 'cluster' ? last : null;

describe('podwatt recompute', () => {
  it('computes a range anew and prints what changed, a line a cluster', async () => {
    const command = world.run(['recompute', '--from', '2026-03-10', '--to', '2026-03-11T12:00:00+01:00']);
    expect(await command.exitCode).toBe(0);
    const [title, line, ...rest] = command.stdout().split('\n');
    expect(title).toMatch(/^CLUSTER +WINDOWS +CHANGED +G CO2E +G EMBODIED +COST +AUDIT$/);
    expect(line).toContain(`${done?.cluster} `);
    expect(line).toContain(` ${done?.windows} `);
    expect(line).toContain(' → ');
    expect(rest).toEqual(['']);
    expect(command.fake.inputs).toEqual([
      {
        operation: 'audit.recompute',
        input: { start: '2026-03-10T00:00:00Z', end: '2026-03-11T11:00:00Z' },
      },
    ]);
  });

  it('narrows to a cluster, and prints JSON', async () => {
    const command = world.run(['recompute', '--from', '2026-03-10T06:00:00Z', '--cluster', 'c-eu', '--json']);
    expect(await command.exitCode).toBe(0);
    expect(JSON.parse(command.stdout())).toEqual([done]);
    expect(command.fake.inputs[0]?.input).toEqual({ start: '2026-03-10T06:00:00Z', cluster: 'c-eu' });
  });

  it('fails with what the backend says', async () => {
    const command = world.run(['recompute', '--from', '2026-03-10', '--cluster', 'missing']);
    expect(await command.exitCode).toBe(1);
    expect(command.stdout()).toBe('');
    expect(command.stderr()).not.toBe('');
  });

  it.each<[string[], string]>([
    [[], "required option '--from <instant>' not specified"],
    [['--from', 'yesterday'], '--from takes a day or an instant'],
    [['--from', '2026-13-40'], '--from takes a day or an instant'],
    [['--from', '2026-03-10', '--to', '12:00'], '--to takes a day or an instant'],
    [['--from', '2026-03-10', '--to', '2026-03-10'], '--from must lie before --to'],
  ])('refuses %j', async (args, text) => {
    const command = world.run(['recompute', ...args]);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain(text);
    expect(command.steps).toEqual([]);
  });

  it('is in the help', async () => {
    const help = world.run(['--help']);
    await help.exitCode;
    expect(help.stdout()).toContain('\n  recompute');
  });
});

describe('the table', () => {
  it('shows a cluster where nothing changed', () => {
    const text = formatRecomputed([{ kind: 'cluster', cluster: 'c', windows: 288, changed: 0, entry: null }]);
    expect(text.split('\n')[1]).toMatch(/^c +288 +0 +- +- +- +-$/);
  });

  it('says that there is nothing to compute', () => {
    expect(formatRecomputed([])).toBe('No cluster of this installation has results to compute anew.\n');
  });
});
