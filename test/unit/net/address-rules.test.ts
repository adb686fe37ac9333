import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import {
  type AddressRule,
  addressOf,
  isLoopbackAddress,
  isMetadataAddress,
  refuseByName,
} from '../../../src/net/address-rules.ts';
import { DEFAULT_TLS } from '../../../src/net/dispatcher.ts';
import { createHttpClient } from '../../../src/net/http-client.ts';

describe('addresses', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fd00:ec2::254',
    'fd00:0ec2:0:0::0254',
    'fe80::1',
    'fe80::1%eth0',
    '64:ff9b::a9fe:a9fe',
  ])('%s is one of metadata or link-local', (address) => {
    expect(isMetadataAddress(address)).toBe(true);
  });

  it.each(['10.1.2.3', '192.168.0.9', '172.16.0.1', '127.0.0.1', '8.8.8.8', '169.253.1.1', 'fd00:ec2::253', '::1'])(
    '%s is not',
    (address) => {
      expect(isMetadataAddress(address)).toBe(false);
    },
  );

  it('of loopback are known in both families', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).not.toContain(false);
    expect(['10.0.0.1', '128.0.0.1', '::2'].map(isLoopbackAddress)).not.toContain(true);
  });

  it('are read from a URL however they are written there', () => {
    const of = (url: string) => addressOf(new URL(url));
    expect(of('https://2852039166/')).toBe('169.254.169.254');
    expect(of('https://0xa9.0xfe.0xa9.0xfe/')).toBe('169.254.169.254');
    expect(of('https://[::ffff:169.254.169.254]/')).toBe('::ffff:a9fe:a9fe');
    expect(of('https://chat.example/')).toBeNull();
  });
});

describe('a client that refuses addresses', () => {
  let server: Server;
  let requests = 0;
  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      response.end('here');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  async function ask(host: string, refuses?: AddressRule) {
    const { port } = server.address() as AddressInfo;
    const client = createHttpClient({
      origin: new URL(`http://${host}:${port}`),
      where: 'The service',
      tls: DEFAULT_TLS,
      proxyUrl: null,
      ...(refuses === undefined ? {} : { refuses }),
    });
    try {
      const request = { method: 'GET', path: '/', headers: {} } as const;
      return await client.send(request).then(
        ({ text }) => text,
        (error: unknown) => error,
      );
    } finally {
      await client.close();
    }
  }

  it.each(['localhost', '127.0.0.1'])('reaches %s where its address is allowed', async (host) => {
    expect(await ask(host, (address) => !isLoopbackAddress(address))).toBe('here');
  });

  it.each(['localhost', '127.0.0.1'])('opens no connection to %s where it is not', async (host) => {
    const failure = await ask(host, isLoopbackAddress);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'bad-input', message: expect.stringContaining('sends nothing') });
    expect(requests).toBe(0);
  });

  it('still says that a name is unknown', async () => {
    expect(await ask('nowhere.invalid', isMetadataAddress)).toMatchObject({ code: 'unreachable' });
  });

  it('has what a proxy would look up checked here', async () => {
    await expect(refuseByName('localhost', isLoopbackAddress)).rejects.toMatchObject({ code: 'bad-input' });
    await refuseByName('localhost', isMetadataAddress);
    await refuseByName('nowhere.invalid', isLoopbackAddress);
  });
});
