import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Canceller } from '../../../../src/storage/postgres/canceller.ts';

/** A server that takes connections and never says a word: nothing can be cancelled over it. */
describe('Canceller where the server does not answer', () => {
  let server: Server;
  let canceller: Canceller;
  const sockets: Socket[] = [];
  const client = { processID: 4711 } as unknown as pg.ClientBase;

  beforeEach(async () => {
    sockets.length = 0;
    server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    canceller = new Canceller({ host: '127.0.0.1', port, user: 'x', password: 'x', database: 'x' });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await canceller.close();
    server.close();
  });

  it('lets go of a question that never ends, and calls its connection broken', async () => {
    const controller = new AbortController();
    const never = canceller.watch(client, () => new Promise<never>(() => undefined), controller.signal);
    controller.abort();
    await expect(never).rejects.toThrow('Connection terminated');
    expect(sockets).toHaveLength(1);
  });

  it('passes answers and failures of work that nobody cancels, and asks the server nothing', async () => {
    const { signal } = new AbortController();
    expect(await canceller.watch(client, async () => 7, signal)).toBe(7);
    expect(await canceller.watch(client, async () => 8, undefined)).toBe(8);
    await expect(canceller.watch(client, () => Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
    expect(sockets).toHaveLength(0);
  });

  it('does not begin what was cancelled before', async () => {
    let begun = false;
    const work = async (): Promise<void> => {
      begun = true;
    };
    await expect(canceller.watch(client, work, AbortSignal.abort())).rejects.toThrow('cancelled');
    expect(begun).toBe(false);
  });
});
