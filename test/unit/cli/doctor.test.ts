import { implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { checkSource, checkStore } from '../../../src/cli/commands/doctor/check-services.ts';
import { contract } from '../../../src/contract/contract.ts';
import type { CheckStep, ContextItem } from '../../../src/contract/schemas/contexts.ts';
import { Failure } from '../../../src/model/failure.ts';
import { answers, storeStatus } from '../../fakes/router/answers.ts';
import { createFakeRouter, type FakeRouter } from '../../fakes/router/router.ts';
import { commandsOfTests } from './running-commands.ts';

const { run } = commandsOfTests();
const os = implement(contract);
const good: ContextItem = { ...answers.contexts.list.contexts[0], name: 'prod', is_sample: false };
const step = (source: CheckStep['source'], state: CheckStep['state'], detail: string): CheckStep => ({
  source,
  state,
  detail,
  hint: state === 'failed' || state === 'partial' ? `Repair ${source}.` : null,
  latency_milliseconds: null,
});

interface World {
  contexts?: ContextItem[];
  steps?: Record<string, CheckStep[]>;
  files?: { path: string; problem: { message: string; hint: string | null } | null }[];
  store?: Partial<typeof storeStatus>;
  canOpen?: boolean;
}

function fakeWith(world: World): FakeRouter {
  const fake = createFakeRouter();
  const { contexts = [good], files = [{ path: '/home/kubeconfig', problem: null }], steps = {} } = world;
  const group = (name: string) => Reflect.get(fake.router, name);
  const encryption = {
    ...answers.k8s.encryption,
    records: answers.k8s.encryption.records.map((record) => ({ ...record, can_open: world.canOpen ?? true })),
  };
  const router = {
    ...fake.router,
    contexts: {
      ...group('contexts'),
      list: os.contexts.list.handler(() => ({ files, contexts })),
      check: os.contexts.check.handler(async function* ({ input }) {
        yield step('kubernetes', 'running', 'Asking');
        const given = steps[input.context] ?? [step('kubernetes', 'passed', '3 nodes, 40 pods')];
        if (given.length === 0) throw new Failure('unexpected', 'secret of the cluster');
        yield* given;
      }),
    },
    store: { ...group('store'), status: os.store.status.handler(() => ({ ...storeStatus, ...world.store })) },
    k8s: { ...group('k8s'), encryption: os.k8s.encryption.handler(() => encryption) },
  };
  return { ...fake, router: router as FakeRouter['router'] };
}

const doctor = (world: World, args: string[] = []) => run(['doctor', ...args], { fake: fakeWith(world) });

describe('podwatt doctor', () => {
  it('finds everything in order', async () => {
    const command = doctor({});
    expect([await command.exitCode, command.stderr()]).toEqual([0, '']);
    const text = command.stdout();
    expect(text).toMatch(/ok +data folder: .*data can be written\n/);
    expect(text).toContain('ok      kubeconfig: /home/kubeconfig can be read\n');
    expect(text).toContain('ok      context prod: kubernetes: 3 nodes, 40 pods\n');
    expect(text).toContain('ok      store: /data/podwatt.sqlite answers.\n');
    expect(text).toContain('ok      encryption: The key in secret.key in /data opens all of 2 kubeconfigs\n');
    expect(text).toMatch(/\n\n\d+ in order, 0 to note, 0 broken\n$/);
    expect(command.steps).toEqual(['create', 'stop']);
  });

  it('tells what is broken and what to do, and ends with code 1', async () => {
    const steps = {
      prod: [
        step('kubernetes', 'passed', '3 nodes'),
        step('usage', 'partial', 'No Prometheus'),
        step('cost', 'not-tried', ''),
      ],
      down: [step('kubernetes', 'failed', 'Nobody answers at 10.0.0.1')],
      odd: [],
    };
    const contexts = [good, { ...good, name: 'down' }, { ...good, name: 'odd' }, answers.contexts.list.contexts[1]];
    const command = doctor({ contexts, steps });
    expect([await command.exitCode, command.stderr()]).toEqual([1, '3 things are broken.\n']);
    const text = command.stdout();
    expect(text).toContain('note    context prod: usage: No Prometheus\n        → Repair usage.\n');
    expect(text).toContain(
      'BROKEN  context down: kubernetes: Nobody answers at 10.0.0.1\n        → Repair kubernetes.\n',
    );
    expect(text).toContain('BROKEN  context broken: The file ends in the middle.\n        → Repair it.\n');
    expect(text).toContain('BROKEN  context odd: Podwatt met an unexpected error\n');
    expect(text).not.toContain('secret of');
    expect(text).not.toContain('cost');
    // In the order of the kubeconfig, whichever answers first.
    expect(text.indexOf('context prod')).toBeLessThan(text.indexOf('context down'));
  });

  it('looks at the contexts that are named, and knows those that no file has', async () => {
    const steps = { down: [step('kubernetes', 'failed', 'gone')] };
    const contexts = [good, { ...good, name: 'down' }];
    expect(await doctor({ contexts, steps }, ['--context', 'prod']).exitCode).toBe(0);
    const unknown = doctor({ contexts, steps }, ['--context', 'nope']);
    expect(await unknown.exitCode).toBe(1);
    expect(unknown.stdout()).toContain('BROKEN  context nope: No kubeconfig has it');
  });

  it.each<[string, World, string]>([
    [
      'a file that can not be read',
      { files: [{ path: '/k', problem: { message: 'not YAML', hint: 'Mend it.' } }] },
      'BROKEN  kubeconfig: /k: not YAML\n        → Mend it.',
    ],
    [
      'a store that is away',
      { store: { state: 'away', problem: 'no route' } },
      'BROKEN  store: /data/podwatt.sqlite: no route.',
    ],
    ['a key that is not here', { canOpen: false }, 'BROKEN  encryption: 2 of 2 stored kubeconfigs need a key'],
  ])('takes %s for broken', async (_, world, text) => {
    const command = doctor(world);
    expect([await command.exitCode, command.stderr()]).toEqual([1, '1 thing is broken.\n']);
    expect(command.stdout()).toContain(text);
  });

  it('takes no context at all for something to note', async () => {
    const command = doctor({ contexts: [answers.contexts.list.contexts[0]], files: [] });
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toContain('note    kubeconfig: There is no context in any kubeconfig');
    expect(command.stdout()).toContain('--kubeconfig');
  });

  it('prints the findings as JSON', async () => {
    const command = doctor({ store: { state: 'away' } }, ['--json']);
    expect(await command.exitCode).toBe(1);
    const { ok, findings } = JSON.parse(command.stdout());
    expect(ok).toBe(false);
    expect(findings).toContainEqual(expect.objectContaining({ about: 'store', state: 'broken' }));
  });

  it('tells of a data folder that can not be had', async () => {
    const command = run(['doctor', '--data-dir', '/dev/null/nowhere']);
    expect(await command.exitCode).toBe(1);
    expect(command.stdout()).toMatch(/BROKEN {2}data folder: .*can't be (?:read|written)/);
  });

  it('goes through a Podwatt that runs there', async () => {
    const server = run(['serve', '--port', '0'], { fake: fakeWith({}) });
    const address = new URL((await server.firstLine()).split(' at ')[1] ?? '').origin;
    const command = run(['doctor']);
    expect([await command.exitCode, command.steps]).toEqual([0, []]);
    expect(command.stdout()).toContain(`belongs to the Podwatt at ${address}`);
  });
});

describe('findings', () => {
  it('of a store', () => {
    expect(checkStore({ ...storeStatus, spool: { windows: 3, oldest: null } }).detail).toContain('3 windows wait');
    expect(checkStore({ ...storeStatus, state: 'read-only' }).state).toBe('warning');
    expect(checkStore({ ...storeStatus, state: 'away', hint: 'Start it.' })).toMatchObject({
      state: 'broken',
      hint: 'Start it.',
    });
  });

  it.each([
    ['working', 'ok'],
    ['not-set-up', 'ok'],
    ['offline', 'ok'],
    ['failed', 'warning'],
  ] as const)('of a source that is %s are %s', (state, expected) => {
    const source = {
      id: 'electricity-maps',
      cluster: null,
      state,
      message: null,
      hint: null,
      last_good_at: null,
    } as const;
    expect(checkSource(source)).toMatchObject({ about: 'electricity-maps', state: expected });
  });
});
