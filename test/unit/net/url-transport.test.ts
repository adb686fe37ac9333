import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/core/ports/transport.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { createUrlTransport, type UrlTransportOptions } from '../../../src/net/url-transport.ts';
import { tlsFile } from '../../fakes/kubernetes/recordings.ts';
import { type Backend, startBackend } from './backend.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function backend(...args: Parameters<typeof startBackend>): Promise<Backend> {
  const started = await startBackend(...args);
  open.push(started);
  return started;
}

function transport(url: string, options: Partial<UrlTransportOptions> = {}) {
  const made = createUrlTransport({ url, auth: { kind: 'none' }, certificateAuthority: null, ...options });
  open.push(made);
  return made;
}

const get = { method: 'GET', path: '/api/v1/query', parameters: {} } as const;

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => expect.fail('should have failed'),
    (error: Failure) => error,
  );
}

async function startTls(certificate: string) {
  const server = createServer(
    { key: tlsFile(`${certificate}-key.pem`), cert: tlsFile(`${certificate}.pem`) },
    (_, answer) => answer.end('secure'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('createUrlTransport', () => {
  it('keeps the path of the URL, sends parameters in the query of a GET and credentials and headers', async () => {
    const server = await backend((_, answer) => answer.setHeader('content-type', 'application/json').end('{"ok":1}'));
    const way: Transport = transport(`${server.url}/prom/`, {
      auth: { kind: 'bearer', token: 't0p' },
      headers: { 'X-Scope-OrgID': 'team-a' },
    });
    const answer = await way.send({ ...get, parameters: { query: 'up{a="b c"}', 'match[]': ['x', 'y'] } });
    expect(answer).toEqual({ status: 200, contentType: 'application/json', text: '{"ok":1}' });
    const url = new URL(server.requests[0]!.url!, server.url);
    expect(url.pathname).toBe('/prom/api/v1/query');
    expect(url.searchParams.get('query')).toBe('up{a="b c"}');
    expect(url.searchParams.getAll('match[]')).toEqual(['x', 'y']);
    expect(server.requests[0]!.headers).toMatchObject({ authorization: 'Bearer t0p', 'x-scope-orgid': 'team-a' });
    expect(way.description).toBe(`${server.url}/prom/`);
  });

  it('sends parameters of a POST as a form, with basic credentials', async () => {
    let body = '';
    const server = await backend((request, answer) => {
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => answer.end());
    });
    const way = transport(server.url, { auth: { kind: 'basic', username: 'u', password: 'p:ä' } });
    await way.send({ method: 'POST', path: '/q', parameters: { query: 'a&b' } });
    expect(body).toBe('query=a%26b');
    expect(server.requests[0]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(server.requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from('u:p:ä').toString('base64')}`);
  });

  it('unpacks gzip and counts the size limit on the unpacked bytes', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    const server = await backend((_, answer) => answer.setHeader('content-encoding', 'gzip').end(packed));
    const way = transport(server.url);
    expect((await way.send(get)).text).toHaveLength(100_000);
    const failure = await failureOf(way.send({ ...get, maxBytes: 99_999 }));
    expect(failure.code).toBe('too-large');
    expect(packed.length).toBeLessThan(1_000);
  });

  it('gives every status as an answer', async () => {
    const server = await backend((_, answer) => answer.writeHead(500).end('boom'));
    expect(await transport(server.url).send(get)).toMatchObject({ status: 500, text: 'boom' });
  });

  it('ends a request whose server hangs, and says so', async () => {
    const server = await backend(() => {});
    const failure = await failureOf(transport(server.url).send({ ...get, timeoutMilliseconds: 50 }));
    expect(failure.code).toBe('timeout');
    expect(failure.message).toMatch(/did not answer in time/);
  });

  it('ends a request whose body stalls half way', async () => {
    const server = await backend((_, answer) => {
      answer.writeHead(200, { 'content-length': '10' });
      answer.write('half');
    });
    expect((await failureOf(transport(server.url).send({ ...get, timeoutMilliseconds: 80 }))).code).toBe('timeout');
  });

  it('obeys its signal', async () => {
    const server = await backend(() => controller.abort());
    const controller = new AbortController();
    expect((await failureOf(transport(server.url).send({ ...get, signal: controller.signal }))).code).toBe('cancelled');
  });

  it('follows a redirect on the same host', async () => {
    const server = await backend((request, answer) =>
      request.url === '/moved' ? answer.end('here') : answer.writeHead(302, { location: '/moved' }).end(),
    );
    expect((await transport(server.url).send(get)).text).toBe('here');
  });

  it('never follows a redirect to another host, so that credentials stay', async () => {
    const other = await backend((_, answer) => answer.end('stolen'));
    const server = await backend((_, answer) => answer.writeHead(302, { location: `${other.url}/login?s=1` }).end());
    const failure = await failureOf(transport(server.url, { auth: { kind: 'bearer', token: 't' } }).send(get));
    expect(failure.code).toBe('bad-answer');
    expect(failure.message).toContain(`redirects to ${new URL(other.url).host}`);
    expect(failure.message).not.toContain('s=1');
    expect(server.requests).toHaveLength(1);
    expect(other.requests).toHaveLength(0);
  });

  it('gives up on a redirect circle', async () => {
    const server = await backend((_, answer) => answer.writeHead(302, { location: '/again' }).end());
    expect((await failureOf(transport(server.url).send(get))).message).toMatch(/circle/);
  });

  it('sends a GET once more when a kept connection was closed under it', async () => {
    let count = 0;
    const server = await backend((request, answer) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else answer.end('second');
    });
    expect((await transport(server.url).send(get)).text).toBe('second');
  });

  it('does not send a POST twice', async () => {
    const server = await backend((request) => request.socket.destroy());
    const failure = await failureOf(transport(server.url).send({ ...get, method: 'POST' }));
    expect(failure.code).toBe('unreachable');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['ftp://host/x', /ftp/],
    ['not a url', /not a URL/],
    ['https://me:s3cret@host/', /user name or password/],
  ])('refuses %s before anything is sent', (url, message) => {
    expect(() => transport(url)).toThrow(message);
    try {
      transport(url);
    } catch (error) {
      expect(String((error as Failure).message)).not.toContain('s3cret');
      expect((error as Failure).hint).not.toBeNull();
    }
  });

  it('trusts an own authority, and none other', async () => {
    const url = await startTls('server');
    expect((await transport(url, { certificateAuthority: tlsFile('ca.pem') }).send(get)).text).toBe('secure');
    expect((await failureOf(transport(url, { certificateAuthority: tlsFile('other-ca.pem') }).send(get))).code).toBe(
      'tls',
    );
    expect((await failureOf(transport(url).send(get))).message).toMatch(/not trusted/);
    expect(() => transport(url, { certificateAuthority: 'rubbish' })).toThrow(/PEM/);
  });

  it.each([
    ['misnamed', /another name/],
    ['expired', /expired/],
  ])('tells a certificate that is %s', async (certificate, message) => {
    const url = await startTls(certificate);
    const failure = await failureOf(transport(url, { certificateAuthority: tlsFile('ca.pem') }).send(get));
    expect(failure.code).toBe('tls');
    expect(failure.message).toMatch(message);
  });

  it('tells a port where nobody listens, and one that does not speak http', async () => {
    const gone = await startBackend(() => {});
    await gone.close();
    expect((await failureOf(transport(gone.url).send(get))).message).toMatch(/refused the connection/);
    const secure = await startTls('server');
    expect((await failureOf(transport(secure.replace('https', 'http')).send(get))).hint).not.toBeNull();
    const plain = await backend((_, answer) => answer.end());
    expect((await failureOf(transport(plain.url.replace('http', 'https')).send(get))).code).toBe('tls');
  });

  it('tunnels through the proxy that the environment names', async () => {
    const target = await startTls('server');
    const seen: string[] = [];
    const proxy = await startBackend(() => {});
    open.push(proxy);
    const { createServer: createHttp } = await import('node:http');
    const tunnel = createHttp();
    tunnel.on('connect', (request, socket) => {
      seen.push(String(request.url));
      const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    await new Promise<void>((done) => tunnel.listen(0, '127.0.0.1', done));
    open.push({ close: async () => void tunnel.close() });
    const port = (tunnel.address() as AddressInfo).port;
    const way = transport(`https://kubernetes.test:8443`, {
      certificateAuthority: tlsFile('ca.pem'),
      proxyFromEnv: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    });
    expect((await way.send(get)).text).toBe('secure');
    expect(seen).toEqual(['kubernetes.test:8443']);
  });

  it('asks nobody while offline', async () => {
    const server = await backend((_, answer) => answer.end());
    const failure = await failureOf(transport(server.url, { isOffline: () => true }).send(get));
    expect(failure.message).toMatch(/offline/);
    expect(server.requests).toHaveLength(0);
  });
});
