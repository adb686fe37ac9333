import { MessageChannel } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../../src/contract/contract.ts';
import { createClient } from '../../../../src/renderer/rpc/create-client.ts';
import { ConnectionLost } from '../../../../src/renderer/rpc/failure.ts';
import { createQueryClient } from '../../../../src/renderer/rpc/query-client.ts';

/** A window at an address, which can be told messages. */
function windowAt(href: string) {
  const { protocol, origin } = new URL(href);
  const listeners = new Set<(event: MessageEvent) => void>();
  const fake = {
    location: { protocol, origin: protocol === 'app:' ? 'app://podwatt' : origin },
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent) => void) => listeners.delete(listener),
  };
  const tell = (data: unknown, ports: unknown[]) => {
    const event = { data, ports, source: fake, origin: fake.location.origin } as unknown as MessageEvent;
    for (const listener of listeners) listener(event);
  };
  return { target: fake as unknown as Window, tell };
}

describe('createClient', () => {
  it('asks over the port that comes in the desktop app', async () => {
    const { target, tell } = windowAt('app://podwatt/');
    const { client, connection, isDesktop } = createClient(target);
    expect(isDesktop).toBe(true);
    const early = client.system.version();
    const { port1, port2 } = new MessageChannel();
    const version = implement(contract).system.version.handler(() => ({ version: '9.9.9' }));
    new RPCHandler({ system: { version } }).upgrade(port1 as unknown as MessagePort);
    port1.start();
    tell({ type: 'podwatt:port' }, [port2]);
    expect(await early).toEqual({ version: '9.9.9' });
    expect(connection.get().status).toBe('up');
    port1.close();
  });

  it('takes its own host in a browser, and listens for no port there', () => {
    const { target, tell } = windowAt('http://127.0.0.1:8700/explore');
    const { connection, isDesktop } = createClient(target);
    expect(isDesktop).toBe(false);
    tell({ type: 'podwatt:port' }, [{}]);
    expect(connection.get().status).toBe('waiting');
  });
});

describe('createQueryClient', () => {
  it('tries again only what may pass by itself', () => {
    const retry = createQueryClient().getDefaultOptions().queries?.retry;
    if (typeof retry !== 'function') throw new Error('retry is no function');
    const coded = (failure: string) => Object.assign(new Error('x'), { data: { failure, hint: null } });
    expect(retry(0, new ConnectionLost())).toBe(true);
    expect(retry(0, coded('timeout'))).toBe(true);
    expect(retry(2, coded('timeout'))).toBe(false);
    expect(retry(0, coded('forbidden'))).toBe(false);
    expect(retry(0, coded('bad-input'))).toBe(false);
  });
});
