import { describe, expect, it } from 'vitest';
import { readInventory } from '../../../../../src/collectors/kubernetes/inventory/read-inventory.ts';
import { Failure } from '../../../../../src/model/failure.ts';
import { recording } from '../../../../fakes/kubernetes/recordings.ts';
import { fakeHttp, json } from '../api/fake-http.ts';

const options = { ownerLabels: { team: ['team'], costCenter: ['cost-center'] }, nowSeconds: () => 7 };
const signal = new AbortController().signal;
const lists: Readonly<Record<string, unknown[]>> = {
  '/api/v1/nodes': [{ metadata: { name: 'n1' } }],
  '/api/v1/pods': [{ metadata: { name: 'p', namespace: 'shop' }, spec: { nodeName: 'n1', containers: [] } }],
  '/api/v1/namespaces': [{ metadata: { name: 'shop', labels: { team: 'web' } } }],
  '/api/v1/services': [{ metadata: { name: 's', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } }],
};
const usual = (url: URL) => json({ items: lists[url.pathname] ?? [] });

describe('readInventory', () => {
  it('joins what the lists say', async () => {
    const inventory = await readInventory(
      fakeHttp((_, url) => usual(url)),
      options,
      signal,
    );
    expect(inventory).toMatchObject({
      readAtSeconds: 7,
      nodes: [{ name: 'n1' }],
      pods: [{ name: 'p', node: 'n1', owner: null, team: 'web' }],
      namespaces: [{ name: 'shop', team: 'web' }],
      services: [{ name: 's', ports: [{ name: null, port: 80 }] }],
      notices: [],
    });
  });

  it('goes on without an API group that the server does not have', async () => {
    const http = fakeHttp((_, url) =>
      url.pathname.startsWith('/apis/batch') ? json('404 page not found\n', 404) : usual(url),
    );
    const { notices, pods } = await readInventory(http, options, signal);
    expect(pods).toHaveLength(1);
    expect(notices).toMatchObject([{ code: 'kubernetes-not-found-jobs', severity: 'info' }]);
  });

  it('says how many objects it could not understand', async () => {
    const odd = json({ items: [{ metadata: {} }, { metadata: { name: 'n1' } }, 5] });
    const http = fakeHttp((_, url) => (url.pathname === '/api/v1/nodes' ? odd : usual(url)));
    const { nodes, notices } = await readInventory(http, options, signal);
    expect(nodes).toHaveLength(1);
    expect(notices).toMatchObject([
      { code: 'kubernetes-unreadable-nodes', message: expect.stringMatching(/^2 of the nodes/) },
    ]);
  });

  it('names each forbidden list, whatever order they ended in', async () => {
    const denied = json(recording('status-403-pods'), 403);
    const { notices } = await readInventory(
      fakeHttp(() => denied),
      options,
      signal,
    );
    expect(notices.map((notice) => notice.code)).toEqual(
      [
        'jobs',
        'namespaces',
        'nodes',
        'persistentvolumeclaims',
        'pods',
        'replicasets',
        'services',
        'storageclasses',
      ].map((name) => `kubernetes-forbidden-${name}`),
    );
  });

  it('throws the first real failure, and ends the other lists', async () => {
    const http = fakeHttp((request, url) => {
      if (url.pathname === '/api/v1/nodes') throw new Failure('unreachable', 'gone');
      return new Promise((_, reject) => {
        request.signal?.addEventListener('abort', () => reject(new Failure('cancelled', 'ended')));
      });
    });
    await expect(readInventory(http, options, signal)).rejects.toMatchObject({ code: 'unreachable', message: 'gone' });
  });

  it('ends with its own signal', async () => {
    const controller = new AbortController();
    const http = fakeHttp(
      (request) =>
        new Promise((_, reject) => {
          request.signal?.addEventListener('abort', () => reject(new Failure('cancelled', 'ended')));
        }),
    );
    const reading = readInventory(http, options, controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
