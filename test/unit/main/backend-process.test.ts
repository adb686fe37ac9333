import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackendProcess, createBackendProcess } from '../../../src/main/backend-process.ts';
import { MessageChannelMain, processes, programs, utilityProcess } from '../../fakes/electron/electron.ts';
import type { FakeParentPort } from '../../fakes/electron/utility-process.ts';

let now = 0;
let timers: { at: number; run: () => void }[] = [];
let backend: BackendProcess;
const parents: FakeParentPort[] = [];
const states: string[] = [];

beforeEach(() => {
  now = 0;
  timers = [];
  processes.length = 0;
  parents.length = 0;
  states.length = 0;
  programs.next = (parent) => void parents.push(parent);
  backend = createBackendProcess({
    fork: () => utilityProcess.fork('entry.js') as never,
    key: () => 'the key',
    nowMilliseconds: () => now,
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  backend.onState((state) => states.push(state.status === 'down' ? `down: ${state.reason}` : state.status));
});
afterEach(async () => {
  for (const each of processes) each.end(0);
  await settle();
});

/** Lets messages and exits that are on their way arrive. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
};
const ready = async () => {
  await settle();
  parents.at(-1)?.postMessage({ type: 'ready' });
  await settle();
};
const die = async (code = 9) => {
  processes.at(-1)?.end(code);
  await settle();
};
const fire = async () => {
  const timer = timers.shift();
  now = timer?.at ?? now;
  timer?.run();
  await settle();
};

describe('the supervised backend', () => {
  it('is starting, then up when it says so', async () => {
    backend.start();
    expect(backend.state.status).toBe('starting');
    backend.start();
    expect(processes).toHaveLength(1);
    await ready();
    expect(states).toEqual(['starting', 'up']);
  });

  it('answers the backend that asks for the key, each time that it starts', async () => {
    const heard: unknown[] = [];
    programs.next = (parent) => {
      parents.push(parent);
      parent.on('message', ({ data }) => heard.push(data));
      parent.postMessage({ type: 'asks-key' });
    };
    backend.start();
    await settle();
    await die();
    await fire();
    expect(heard).toEqual([
      { type: 'key', key: 'the key' },
      { type: 'key', key: 'the key' },
    ]);
    expect(backend.state.status).toBe('starting');
  });

  it('takes no message for ready that is none', async () => {
    backend.start();
    await settle();
    for (const message of ['ready', null, { type: 'up' }, { type: 'failed' }]) parents[0]?.postMessage(message);
    await settle();
    expect(backend.state.status).toBe('starting');
  });

  it('waits longer before each next try, and gives up after three deaths in a row', async () => {
    backend.start();
    await ready();
    await die();
    expect(timers.map(({ at }) => at - now)).toEqual([500]);
    await fire();
    await die();
    expect(timers.map(({ at }) => at - now)).toEqual([1000]);
    await fire();
    await die(5);
    expect(timers).toEqual([]);
    expect(states.at(-1)).toBe('down: It ended 3 times in a row (exit code 5)');
    expect(processes).toHaveLength(3);
  });

  it('outlives a fatal error of the backend, which an exit follows', async () => {
    backend.start();
    await ready();
    processes[0]?.emit('error', 'FatalError', 'v8', 'report');
    expect(backend.state.status).toBe('up');
    await die(5);
    expect(backend.state.status).toBe('starting');
  });

  it('counts anew after a minute of life', async () => {
    backend.start();
    for (let death = 0; death < 5; death += 1) {
      await ready();
      now += 60_000;
      await die();
      expect(backend.state.status).toBe('starting');
      await fire();
    }
  });

  it('does not try again what told why it can not start, until somebody asks', async () => {
    backend.start();
    await settle();
    parents[0]?.postMessage({ type: 'failed', message: 'In use', hint: null });
    await settle();
    await die(1);
    expect(states.at(-1)).toBe('down: In use');
    backend.start();
    await ready();
    expect(backend.state.status).toBe('up');
  });

  it('hands ports over only while it is up', async () => {
    const { port1, port2 } = new MessageChannelMain();
    expect(backend.connect(port1 as never)).toBe(false);
    backend.start();
    expect(backend.connect(port1 as never)).toBe(false);
    await ready();
    const seen: unknown[] = [];
    parents[0]?.on('message', (event) => seen.push(event));
    expect(backend.connect(port1 as never)).toBe(true);
    await settle();
    expect(seen).toEqual([{ data: { type: 'port' }, ports: [port1] }]);
    port2.close();
  });
});

describe('stop', () => {
  it('asks, and is done when the process is gone', async () => {
    backend.start();
    await ready();
    const seen: unknown[] = [];
    parents[0]?.on('message', ({ data }) => {
      seen.push(data);
      parents[0]?.exit(0);
    });
    await backend.stop();
    expect(seen).toEqual([{ type: 'stop' }]);
    expect(timers).toEqual([]);
    backend.start();
    expect(processes).toHaveLength(1);
  });

  it('kills a process that does not go', async () => {
    backend.start();
    await ready();
    const stopped = backend.stop();
    expect(timers.map(({ at }) => at)).toEqual([3000]);
    await fire();
    await stopped;
  });

  it('takes back a start that waits', async () => {
    backend.start();
    await ready();
    await die();
    expect(timers).toHaveLength(1);
    await backend.stop();
    expect(timers).toEqual([]);
  });
});
