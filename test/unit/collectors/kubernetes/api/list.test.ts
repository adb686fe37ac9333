import { describe, expect, it } from 'vitest';
import { listAll } from '../../../../../src/collectors/kubernetes/api/list.ts';
import { recording } from '../../../../fakes/kubernetes/recordings.ts';
import { fakeHttp, json } from './fake-http.ts';

const signal = new AbortController().signal;
const request = {
  path: '/api/v1/things',
  access: { verb: 'list', resource: 'things', apiGroup: '', namespace: null },
  read: (raw: unknown) => (typeof raw === 'number' ? raw : null),
} as const;
const page = (items: unknown[], token?: string) =>
  json({ metadata: token === undefined ? {} : { continue: token }, items });
const expired = json(recording('status-410-expired-continue'), 410);

describe('listAll', () => {
  it('follows continue tokens, opaque as they are, and counts what it can not read', async () => {
    const http = fakeHttp((_, url) =>
      url.searchParams.get('continue') === 'a b&c=' ? page([3, 'x']) : page([1, 2], 'a b&c='),
    );
    expect(await listAll(http, request, signal)).toEqual({ items: [1, 2, 3], dropped: 1 });
    expect(http.requests.map((one) => one.path)).toEqual([
      '/api/v1/things?limit=500',
      '/api/v1/things?limit=500&continue=a+b%26c%3D',
    ]);
    expect(http.requests.every((one) => one.signal === signal)).toBe(true);
  });

  it('asks for metadata only where that is enough', async () => {
    const http = fakeHttp(() => page([]));
    await listAll(http, { ...request, metadataOnly: true }, signal);
    expect(http.requests[0]?.headers.accept).toMatch(
      /^application\/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,/,
    );
  });

  it('forgets what it had when a token expired, and starts once more', async () => {
    let count = 0;
    const http = fakeHttp((_, url) => {
      if (!url.searchParams.has('continue')) return page([1], 't');
      count += 1;
      return count === 1 ? expired : page([9]);
    });
    expect((await listAll(http, request, signal)).items).toEqual([1, 9]);
  });

  it('gives up when it expired twice', async () => {
    const http = fakeHttp((_, url) => (url.searchParams.has('continue') ? expired : page([1], 't')));
    await expect(listAll(http, request, signal)).rejects.toThrow(/expired twice/);
    expect(http.requests).toHaveLength(4);
  });

  it('does not take a 410 of the first page for an expired token', async () => {
    const http = fakeHttp(() => expired);
    await expect(listAll(http, request, signal)).rejects.toMatchObject({ code: 'bad-answer' });
    expect(http.requests).toHaveLength(1);
  });

  it('ends with a server that never does', async () => {
    const http = fakeHttp(() => page([1], 'more'));
    await expect(listAll(http, request, signal)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('takes null items for none', async () => {
    const http = fakeHttp(() => json({ items: null }));
    expect(await listAll(http, request, signal)).toEqual({ items: [], dropped: 0 });
  });

  it.each(['<html></html>', '[]', '{"status":"success"}', '{"items":{}}'])('refuses %s', async (text) => {
    const http = fakeHttp(() => json(text));
    await expect(listAll(http, request, signal)).rejects.toThrow(/did not answer like a Kubernetes API server/);
  });
});
