import { createORPCClient } from '@orpc/client';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '../../../../src/renderer/rpc/failure.ts';
import { createHttpLink } from '../../../../src/renderer/rpc/http-link.ts';

type Fetcher = typeof fetch;
interface Client {
  name(input?: undefined, options?: { signal?: AbortSignal }): Promise<string>;
}

const handler = new RPCHandler({ name: os.handler(() => 'here') });
const answering: Fetcher = async (request) => {
  const { response } = await handler.handle(request as Request, { prefix: '/rpc' });
  return response ?? new Response(null, { status: 404 });
};

function clientWith(fetcher: Fetcher) {
  const { link, connection } = createHttpLink('http://127.0.0.1:8700', fetcher);
  return { client: createORPCClient(link) as unknown as Client, connection };
}

describe('createHttpLink', () => {
  it('asks /rpc of its own host, with the cookie', async () => {
    const seen: { url: string; credentials: string | undefined }[] = [];
    const { client, connection } = clientWith((request, init) => {
      seen.push({ url: (request as Request).url, credentials: init?.credentials });
      return answering(request, init);
    });
    expect(await client.name()).toBe('here');
    expect(seen).toEqual([{ url: 'http://127.0.0.1:8700/rpc/name', credentials: 'same-origin' }]);
    expect(connection.get().status).toBe('up');
  });

  it('is down while the host does not answer, and up again with the next answer', async () => {
    let there = false;
    const { client, connection } = clientWith((request, init) =>
      there ? answering(request, init) : Promise.reject(new TypeError('fetch failed')),
    );
    await expect(client.name()).rejects.toBeInstanceOf(ConnectionLost);
    expect(connection.get()).toEqual({ status: 'down', reason: null });
    there = true;
    expect(await client.name()).toBe('here');
    expect(connection.get().status).toBe('up');
  });

  it('asks for the printed address when it is not signed in', async () => {
    const { client, connection } = clientWith(async () => new Response('{}', { status: 401 }));
    await expect(client.name()).rejects.toThrow();
    expect(connection.get().status).toBe('signed-out');
  });

  it('does not take a cancelled call for a dead host', async () => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const { client, connection } = clientWith(async (request) => {
      const { signal } = request as Request;
      arrived.resolve();
      if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
      throw new DOMException('stopped', 'AbortError');
    });
    const call = client.name(undefined, { signal: controller.signal });
    const ended = expect(call).rejects.toThrow();
    await arrived.promise;
    controller.abort();
    await ended;
    expect(connection.get().status).toBe('waiting');
  });
});
