import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import { createOpenApiDocument } from '../../../src/server/openapi-document.ts';
import { startTestHost, type TestHost } from './start-test-host.ts';

let test: TestHost;
let document: Awaited<ReturnType<typeof createOpenApiDocument>>;
beforeAll(async () => {
  test = await startTestHost();
  document = await createOpenApiDocument('1.2.3');
});
afterAll(() => test.stop());

describe('the OpenAPI document', () => {
  it('lists the operations that have a path, the export, and no other', () => {
    const paths = Object.values(contract).flatMap((group) =>
      Object.values(group).map((each) => each['~orpc'].route.path),
    );
    const expected = [...paths.filter((path) => path !== undefined), '/report/export'];
    expect(Object.keys(document.paths ?? {}).sort()).toEqual([...new Set(expected)].sort());
    expect([document.openapi, document.info.version]).toEqual(['3.1.1', '1.2.3']);
  });

  it('describes parameters with their forms, defaults and meaning', () => {
    const parameters = document.paths?.['/metrics/timeseries']?.get?.parameters ?? [];
    const names = parameters.map((each) => ('name' in each ? each.name : ''));
    expect(names).toEqual(
      expect.arrayContaining(['last', 'start', 'end', 'tz', 'granularity', 'group_by', 'top', 'namespace']),
    );
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'granularity',
        in: 'query',
        schema: expect.objectContaining({ default: 'day' }),
      }),
    );
    expect(JSON.stringify(parameters)).toContain('Range that ends now');
  });

  it('gives every route the errors of the contract in their REST form', () => {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      for (const [method, operation] of Object.entries(item ?? {})) {
        const responses = (operation as NonNullable<typeof item>['get'])?.responses ?? {};
        expect([method, path, Object.keys(responses)]).toEqual([
          method,
          path,
          expect.arrayContaining(['400', '401', '403', '404', '409', '413', '414', '429', '500', '503']),
        ]);
        expect(responses[404]).toEqual({ $ref: '#/components/responses/404' });
      }
    }
    for (const response of Object.values(document.components?.responses ?? {}))
      expect(JSON.stringify(response)).toContain('#/components/schemas/Problem');
    expect(document.components?.schemas?.Problem).toMatchObject({ required: ['detail', 'code', 'hint'] });
  });

  it('describes what changes something: its body, its path, and the status of its success', () => {
    const { post } = document.paths?.['/k8s/clusters'] ?? {};
    expect(Object.keys(post?.responses ?? {})).toContain('201');
    expect(JSON.stringify(post?.requestBody)).toContain('kubeconfig');
    const one = document.paths?.['/k8s/clusters/{id}'];
    expect(Object.keys(one?.delete?.responses ?? {})).toContain('204');
    expect(JSON.stringify(one?.delete?.responses?.[204])).not.toContain('schema');
    expect(one?.patch?.parameters).toContainEqual(expect.objectContaining({ name: 'id', in: 'path', required: true }));
    expect(Object.keys(document.paths?.['/k8s/clusters/{id}/sync']?.post?.responses ?? {})).toContain('202');
  });

  it('says that the export is a file', () => {
    const get = document.paths?.['/report/export']?.get;
    expect(
      Object.keys(get?.responses?.[200] && 'content' in get.responses[200] ? (get.responses[200].content ?? {}) : {}),
    ).toEqual(['text/csv', 'application/json']);
    expect(JSON.stringify(get?.parameters)).toContain('"format"');
  });

  it('has no reference that leads nowhere', () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/#\/components\/(schemas|responses)\/(\w+)/g))
      expect(document.components?.[kind as 'schemas']).toHaveProperty(name!);
  });
});

describe('the documentation', () => {
  it('is served with the document, from our own files alone', async () => {
    const served = await test.get('/api/v1/openapi.json');
    expect(await served.json()).toMatchObject({ info: { title: 'Podwatt' } });
    const page = await test.get('/api/v1/docs');
    const html = await page.text();
    expect(html).not.toMatch(/https?:/);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    for (const [, source] of html.matchAll(/src="([^"]+)"/g)) {
      const script = await test.get(source!);
      expect([source, script.status, script.headers.get('content-type')]).toEqual([
        source,
        200,
        'text/javascript; charset=utf-8',
      ]);
      expect(await script.text()).not.toMatch(/https?:/);
    }
  });
});

describe('the export', () => {
  it('streams a file under its name', async () => {
    const answer = await test.get('/api/v1/report/export?last=24h');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="podwatt-shop.csv"');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await answer.text()).split('\n')).toHaveLength(4);
  });

  it('answers HEAD with the headers alone', async () => {
    const answer = await test.get('/api/v1/report/export', { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-disposition'), await answer.text()]).toEqual([
      200,
      'attachment; filename="podwatt-shop.csv"',
      '',
    ]);
  });

  it('breaks off rather than give half a file for a whole one', async () => {
    const answer = await test.get('/api/v1/report/export?node=breaks');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(test.log.lines).toContain('error An operation failed unexpectedly');
  });

  it('writes only as fast as it is read', async () => {
    test.fake.exportPieces = 5_000_000;
    const aborter = new AbortController();
    const answer = await test.get('/api/v1/report/export', {
      signal: aborter.signal,
      headers: { 'accept-encoding': 'identity' },
    });
    const before = process.memoryUsage.rss();
    const reader = answer.body!.getReader();
    for (let read = 0; read < 5; read += 1) await reader.read();
    // The whole file would be 100 MB, and is not being made while nobody reads on.
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
    aborter.abort();
    test.fake.exportPieces = 3;
  });
});
