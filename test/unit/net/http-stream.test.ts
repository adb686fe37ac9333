import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_TLS } from '../../../src/net/dispatcher.ts';
import { createHttpClient, type HttpClient } from '../../../src/net/http-client.ts';

let server: Server | null = null;
let client: HttpClient | null = null;
afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  server?.close();
});

async function served(listener: RequestListener, isOffline = false): Promise<HttpClient> {
  server = createServer(listener);
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const origin = new URL(`http://127.0.0.1:${port}`);
  client = createHttpClient({
    origin,
    where: 'The test',
    tls: DEFAULT_TLS,
    proxyUrl: null,
    isOffline: () => isOffline,
  });
  return client;
}

const request = (more: object = {}) => ({ method: 'GET' as const, path: '/', headers: {}, ...more });
async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('a stream', () => {
  test('brings the body as it comes, whatever the status', async () => {
    const http = await served((_, answer) => {
      answer.writeHead(410, { 'retry-after': '7' });
      answer.write('first ');
      setTimeout(() => answer.end('second'), 5);
    });
    const stream = await http.stream(request());
    expect([stream.status, stream.retryAfterSeconds]).toEqual([410, 7]);
    expect(await read(stream.body)).toBe('first second');
  });

  test('waits for the head no longer than it is told to, and for the body as long as it takes', async () => {
    const silent = await served(() => undefined);
    await expect(silent.stream(request({ timeoutMilliseconds: 20 }))).rejects.toMatchObject({ code: 'timeout' });
    await silent.close();
    const slow = await served((_, answer) => {
      answer.flushHeaders();
      setTimeout(() => answer.end('late'), 60);
    });
    const stream = await slow.stream(request({ timeoutMilliseconds: 40 }));
    expect(await read(stream.body)).toBe('late');
  });

  test('ends with its signal, as cancelled', async () => {
    const stop = new AbortController();
    const http = await served((_, answer) => void answer.write('one'));
    const stream = await http.stream(request({ signal: stop.signal }));
    const reading = read(stream.body);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('that breaks is a failure of the network', async () => {
    const http = await served((_, answer) => {
      answer.write('one');
      setTimeout(() => answer.destroy(), 5);
    });
    const stream = await http.stream(request());
    await expect(read(stream.body)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('is not opened while there is to be no traffic', async () => {
    const http = await served((_, answer) => void answer.end(), true);
    await expect(http.stream(request())).rejects.toMatchObject({ code: 'unreachable' });
  });
});
