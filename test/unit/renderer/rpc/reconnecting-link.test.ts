import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionLost } from '../../../../src/renderer/rpc/failure.ts';
import {
  createReconnectingLink,
  type LinkPort,
  type ReconnectingLink,
} from '../../../../src/renderer/rpc/reconnecting-link.ts';

interface Backend {
  readonly page: LinkPort;
  /** The process goes: its end of the channel closes. */
  die(): void;
}
interface Client {
  name(input: undefined, options?: { signal?: AbortSignal }): Promise<string>;
  never(): Promise<string>;
  ticks(): Promise<AsyncIterable<number>>;
}

const running: Backend[] = [];

function startBackend(name: string): Backend {
  const { port1, port2 } = new MessageChannel();
  const router = {
    name: os.handler(() => name),
    never: os.handler(() => new Promise<string>(() => undefined)),
    ticks: os.handler(async function* () {
      yield 1;
      yield 2;
      await new Promise(() => undefined);
    }),
  };
  new RPCHandler(router).upgrade(port1 as unknown as MessagePort);
  port1.start();
  const backend = { page: port2 as unknown as LinkPort, die: () => port1.close() };
  running.push(backend);
  return backend;
}

const clientOf = (link: ReconnectingLink): Client => createORPCClient(link) as unknown as Client;

afterEach(() => {
  for (const backend of running.splice(0)) backend.die();
});

describe('createReconnectingLink', () => {
  it('keeps calls until a port comes', async () => {
    const link = createReconnectingLink();
    const early = clientOf(link).name(undefined);
    expect(link.connection.get().status).toBe('waiting');
    link.connect(startBackend('first').page);
    expect(await early).toBe('first');
    expect(link.connection.get().status).toBe('up');
  });

  it('rejects calls under way when the port dies, and answers on the next one', async () => {
    const link = createReconnectingLink();
    const client = clientOf(link);
    const first = startBackend('first');
    link.connect(first.page);
    expect(await client.name(undefined)).toBe('first');
    const pending = client.never();
    const lost = expect(pending).rejects.toBeInstanceOf(ConnectionLost);
    first.die();
    await lost;
    expect(link.connection.get().status).toBe('waiting');
    const queued = client.name(undefined);
    link.connect(startBackend('second').page);
    expect(await queued).toBe('second');
  });

  it('takes a new port while the old one lives, and ends what the old one was asked', async () => {
    const link = createReconnectingLink();
    const client = clientOf(link);
    link.connect(startBackend('first').page);
    const pending = client.never();
    const lost = expect(pending).rejects.toBeInstanceOf(ConnectionLost);
    await client.name(undefined);
    link.connect(startBackend('second').page);
    await lost;
    expect(await client.name(undefined)).toBe('second');
  });

  it('does not drop the new port when the close of the old one comes late', async () => {
    const link = createReconnectingLink();
    const client = clientOf(link);
    const closes: (() => void)[] = [];
    const first = startBackend('first');
    const late: LinkPort = {
      postMessage: (...input: unknown[]) => (first.page.postMessage as (...all: unknown[]) => void)(...input),
      start: () => first.page.start(),
      close: () => undefined,
      addEventListener: (type: string, listener: unknown) => {
        if (type === 'close') closes.push(listener as () => void);
        else (first.page.addEventListener as (...all: unknown[]) => void)(type, listener);
      },
    };
    link.connect(late);
    expect(await client.name(undefined)).toBe('first');
    link.connect(startBackend('second').page);
    for (const close of closes) close();
    expect(link.connection.get().status).toBe('up');
    expect(await client.name(undefined)).toBe('second');
  });

  it('ends a stream whose port died', async () => {
    const link = createReconnectingLink();
    const backend = startBackend('first');
    link.connect(backend.page);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const tick of await clientOf(link).ticks()) {
        seen.push(tick);
        if (tick === 2) backend.die();
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(ConnectionLost);
    expect(seen).toEqual([1, 2]);
  });

  it('refuses queued and new calls once the backend stays down, and works again with a port', async () => {
    const link = createReconnectingLink();
    const client = clientOf(link);
    const queued = client.name(undefined);
    const refused = expect(queued).rejects.toThrow('stopped three times');
    link.disconnect('stopped three times');
    await refused;
    expect(link.connection.get()).toEqual({ status: 'down', reason: 'stopped three times' });
    await expect(client.name(undefined)).rejects.toBeInstanceOf(ConnectionLost);
    link.connect(startBackend('again').page);
    expect(await client.name(undefined)).toBe('again');
  });

  it('lets a waiting call be cancelled', async () => {
    const link = createReconnectingLink();
    const controller = new AbortController();
    const call = clientOf(link).name(undefined, { signal: controller.signal });
    const ended = expect(call).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await ended;
  });

  it('tells listeners of each change, and no longer after they left', () => {
    const link = createReconnectingLink();
    const seen: string[] = [];
    const leave = link.connection.subscribe(() => seen.push(link.connection.get().status));
    link.connect(startBackend('first').page);
    link.disconnect(null);
    leave();
    link.connect(startBackend('second').page);
    expect(seen).toEqual(['up', 'down']);
  });
});
