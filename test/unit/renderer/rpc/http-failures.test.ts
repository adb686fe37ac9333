import { createORPCClient } from '@orpc/client';
import { ORPCError, os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../src/renderer/rpc/failure.ts';
import { createHttpLink } from '../../../../src/renderer/rpc/http-link.ts';

type Fetcher = typeof fetch;
interface Client {
  name(): Promise<string>;
}

function clientWith(fetcher: Fetcher) {
  const { link, connection } = createHttpLink('http://127.0.0.1:8700', fetcher);
  const client = createORPCClient(link) as unknown as Client;
  const failure = async () => {
    try {
      await client.name();
    } catch (error) {
      return failureOf(error);
    }
    throw new Error('it did not fail');
  };
  return { client, connection, failure };
}

const refusing = (error: unknown): Fetcher => {
  const handler = new RPCHandler({
    name: os.handler((): string => {
      throw error;
    }),
  });
  return async (request) => {
    const { response } = await handler.handle(request as Request, { prefix: '/rpc' });
    return response ?? new Response(null, { status: 404 });
  };
};

describe('failures over HTTP', () => {
  it.each([
    ['FORBIDDEN', 'forbidden', 'Add the rule.'],
    ['SERVICE_UNAVAILABLE', 'unreachable', null],
    ['GATEWAY_TIMEOUT', 'timeout', 'Ask for less.'],
  ] as const)('keep the words of the backend: %s', async (code, failure, hint) => {
    const { failure: got, connection } = clientWith(
      refusing(new ORPCError(code, { message: 'It said no.', data: { failure, hint } })),
    );
    expect(await got()).toEqual({ code: failure, message: 'It said no.', hint });
    expect(connection.get().status).toBe('up');
  });

  it('show nothing of an error that has no words for people', async () => {
    const { failure } = clientWith(refusing(new Error('password=hunter2')));
    const got = await failure();
    expect(got.code).toBe('unexpected');
    expect(JSON.stringify(got)).not.toContain('hunter2');
  });

  it.each([
    ['a page of a proxy', () => new Response('<html>Bad gateway</html>', { status: 502 })],
    [
      'half an answer',
      () => new Response('{"json":', { status: 200, headers: { 'content-type': 'application/json' } }),
    ],
  ])('are unexpected where the host sends %s', async (_name, response) => {
    const { failure, connection } = clientWith(async () => response());
    expect((await failure()).code).toBe('unexpected');
    expect(connection.get().status).toBe('up');
  });

  it('are a lost connection where nobody answers, and tell it once', async () => {
    const { failure, connection } = clientWith(() => Promise.reject(new TypeError('fetch failed')));
    const seen: string[] = [];
    connection.subscribe(() => seen.push(connection.get().status));
    expect((await failure()).code).toBe('connection-lost');
    expect(seen).toEqual(['down']);
  });

  it('come back from a sign-in without a reload', async () => {
    let status = 401;
    const answer = refusing(new ORPCError('FORBIDDEN', { message: 'x', data: { failure: 'forbidden', hint: null } }));
    const { failure, connection } = clientWith((request, init) =>
      status === 401 ? Promise.resolve(new Response('{}', { status })) : answer(request, init),
    );
    await failure();
    expect(connection.get().status).toBe('signed-out');
    status = 200;
    await failure();
    expect(connection.get().status).toBe('up');
  });
});
