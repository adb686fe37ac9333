import { describe, expect, it } from 'vitest';
import { createClusterHttp } from '../../../src/collectors/kubernetes/api/cluster-http.ts';
import { bearer, type CredentialSource } from '../../../src/collectors/kubernetes/auth/credentials.ts';
import { tlsFile } from '../../fakes/kubernetes/recordings.ts';
import type { StubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';
import { failureOf, keep, stub } from './harness.ts';

const request = { method: 'GET', path: '/version', headers: {} } as const;

function http(server: StubApiServer, source: CredentialSource, isOffline?: () => boolean) {
  const context = {
    name: 'stub',
    file: 'f',
    clusterName: 'c',
    userName: 'u',
    namespace: null,
    server: new URL(server.url),
    cluster: { server: server.url, 'certificate-authority-data': Buffer.from(tlsFile('ca.pem')).toString('base64') },
    user: {},
    userDirectory: '.',
  };
  return keep(createClusterHttp(context, source, { env: {}, ...(isOffline === undefined ? {} : { isOffline }) }));
}

/** Shows token 1, 2, 3 … as it is refused. */
function counting(renewable: boolean): CredentialSource {
  let count = 1;
  return {
    credentials: async () => ({ headers: bearer(String(count)), clientCertificate: null }),
    invalidate() {
      count += 1;
      return renewable;
    },
    close: () => undefined,
  };
}

describe('createClusterHttp', () => {
  it('tries a refused request once more with fresh credentials, and only once', async () => {
    const server = await stub({ token: '2' });
    expect((await http(server, counting(true)).send(request)).status).toBe(200);
    const other = await stub({ token: '9' });
    expect((await http(other, counting(true)).send(request)).status).toBe(401);
    expect(other.requests.map((one) => one.headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('does not repeat it where fresh credentials can not come', async () => {
    const server = await stub({ token: '9' });
    expect((await http(server, counting(false)).send(request)).status).toBe(401);
    expect(server.requests).toHaveLength(1);
  });

  it('opens a new pool when signing in brought another client certificate', async () => {
    const server = await stub();
    const pair = { certificate: tlsFile('client.pem'), key: tlsFile('client-key.pem') };
    let shown: typeof pair | null = null;
    const way = http(server, {
      credentials: async () => ({ headers: {}, clientCertificate: shown }),
      invalidate: () => false,
      close: () => undefined,
    });
    await way.send(request);
    shown = pair;
    await way.send(request);
    await way.send(request);
    expect(server.requests.map((one) => one.clientName)).toEqual([null, 'certificate-viewer', 'certificate-viewer']);
  });

  it('sends nothing after it was closed, nor while offline', async () => {
    const server = await stub();
    const closed = http(server, counting(false));
    await closed.close();
    expect((await failureOf(closed.send(request))).code).toBe('cancelled');
    const offline = http(server, counting(false), () => true);
    expect((await failureOf(offline.send(request))).message).toMatch(/offline/);
    expect(server.requests).toHaveLength(0);
  });
});
