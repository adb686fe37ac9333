import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionLost, failureOf } from '../../../../src/renderer/rpc/failure.ts';
import { createReconnectingLink, type LinkPort } from '../../../../src/renderer/rpc/reconnecting-link.ts';

interface Client {
  echo(word: string, options?: { signal?: AbortSignal }): Promise<string>;
  wait(input?: undefined, options?: { signal?: AbortSignal }): Promise<string>;
  ticks(input?: undefined, options?: { signal?: AbortSignal }): Promise<AsyncGenerator<number>>;
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A backend that notes what it was asked, in order, and what was cancelled. */
function startBackend() {
  const { port1, port2 } = new MessageChannel();
  const asked: string[] = [];
  const cancelled = Promise.withResolvers<string>();
  const untilCancelled = (name: string, signal: AbortSignal | undefined) =>
    new Promise<void>((done) => {
      signal?.addEventListener('abort', () => {
        cancelled.resolve(name);
        done();
      });
    });
  const router = {
    echo: os.handler(({ input }) => {
      asked.push(String(input));
      return input;
    }),
    wait: os.handler(async ({ signal }) => {
      asked.push('wait');
      await untilCancelled('wait', signal);
      return 'too late';
    }),
    ticks: os.handler(async function* ({ signal }) {
      yield 1;
      await untilCancelled('ticks', signal);
    }),
  };
  new RPCHandler(router).upgrade(port1 as unknown as MessagePort);
  port1.start();
  ends.push(() => port1.close());
  return { port: port2 as unknown as LinkPort, asked, cancelled: cancelled.promise, die: () => port1.close() };
}

function start() {
  const link = createReconnectingLink();
  return { link, client: createORPCClient(link) as unknown as Client };
}

describe('calls that wait for a port', () => {
  it('are asked in the order in which they were made, each once', async () => {
    const { link, client } = start();
    const early = ['a', 'b', 'c', 'd'].map((word) => client.echo(word));
    const backend = startBackend();
    link.connect(backend.port);
    expect(await Promise.all(early)).toEqual(['a', 'b', 'c', 'd']);
    expect(backend.asked).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not asked where they were given up before', async () => {
    const { link, client } = start();
    const controller = new AbortController();
    const given = expect(client.echo('given up', { signal: controller.signal })).rejects.toThrow();
    const kept = client.echo('kept');
    controller.abort();
    await given;
    const backend = startBackend();
    link.connect(backend.port);
    expect(await kept).toBe('kept');
    expect(backend.asked).toEqual(['kept']);
  });

  it('are refused at once where they were given up before they were made', async () => {
    const { client } = start();
    await expect(client.echo('x', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });

  it('are not asked again on the next port once they were under way', async () => {
    const { link, client } = start();
    const first = startBackend();
    link.connect(first.port);
    await client.echo('ready');
    const pending = client.wait();
    const lost = expect(pending).rejects.toBeInstanceOf(ConnectionLost);
    await client.echo('after');
    first.die();
    await lost;
    const second = startBackend();
    link.connect(second.port);
    expect(await client.echo('fresh')).toBe('fresh');
    expect(second.asked).toEqual(['fresh']);
  });

  it('wait again after each loss', async () => {
    const { link, client } = start();
    for (const round of ['one', 'two', 'three']) {
      const waiting = client.echo(round);
      const backend = startBackend();
      link.connect(backend.port);
      expect(await waiting).toBe(round);
      const lost = expect(client.wait()).rejects.toBeInstanceOf(ConnectionLost);
      await client.echo('sent');
      backend.die();
      await lost;
      expect(link.connection.get().status).toBe('waiting');
    }
  });
});

describe('what is given up while it is under way', () => {
  it('is cancelled in the backend: a call', async () => {
    const { link, client } = start();
    const backend = startBackend();
    link.connect(backend.port);
    const controller = new AbortController();
    const ended = expect(client.wait(undefined, { signal: controller.signal })).rejects.toThrow();
    await client.echo('sent');
    controller.abort();
    await ended;
    expect(await backend.cancelled).toBe('wait');
    expect(await client.echo('still here')).toBe('still here');
  });

  it('is cancelled in the backend: a stream that is left', async () => {
    const { link, client } = start();
    const backend = startBackend();
    link.connect(backend.port);
    for await (const tick of await client.ticks()) {
      expect(tick).toBe(1);
      break;
    }
    expect(await backend.cancelled).toBe('ticks');
  });
});

describe('a backend that stays down', () => {
  it('gives its reason to each call, as a failure that can be shown', async () => {
    const { link, client } = start();
    const backend = startBackend();
    link.connect(backend.port);
    await client.echo('up');
    const lost = client.wait().catch(failureOf);
    await client.echo('sent');
    link.disconnect('exit code 134');
    expect(await lost).toMatchObject({ code: 'connection-lost', message: 'exit code 134' });
    expect(await client.echo('new').catch(failureOf)).toMatchObject({ message: 'exit code 134' });
    expect(link.connection.get()).toEqual({ status: 'down', reason: 'exit code 134' });
  });

  it('does not become "waiting" when the close of its port comes after', async () => {
    const { link } = start();
    const backend = startBackend();
    link.connect(backend.port);
    link.disconnect(null);
    backend.die();
    await new Promise((done) => setImmediate(done));
    expect(link.connection.get()).toEqual({ status: 'down', reason: null });
  });
});
