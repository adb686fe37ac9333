import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpHost, type HttpHostOptions, startHttpHost } from '../../../src/server/http-host.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/router/recording-log.ts';
import { createFakeRouter, type FakeRouter } from '../../fakes/router/router.ts';

export interface TestHost {
  readonly host: HttpHost;
  readonly fake: FakeRouter;
  readonly log: RecordingLog;
  get(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** A host on a free loopback port, with the fake router and a small built interface. */
export async function startTestHost(options: Partial<HttpHostOptions> = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-host-'));
  const staticDir = join(folder, 'renderer');
  mkdirSync(join(staticDir, 'assets'), { recursive: true });
  writeFileSync(join(staticDir, 'index.html'), '<!doctype html><title>Podwatt</title>');
  writeFileSync(join(staticDir, 'assets', 'index-abc.js'), `export const text = '${'carbon '.repeat(500)}';`);
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  const docsDir = join(folder, 'docs');
  mkdirSync(docsDir);
  writeFileSync(join(docsDir, 'api-reference.js'), 'var Scalar = {};');
  const fake = createFakeRouter();
  const log = createRecordingLog();
  const host = await startHttpHost({
    router: fake.router,
    host: '127.0.0.1',
    port: 0,
    token: null,
    staticDir,
    docsDir,
    version: '0.0.0-test',
    log,
    ...options,
  });
  return {
    host,
    fake,
    log,
    get: (path, init) => fetch(host.url + path, { redirect: 'manual', ...init }),
    stop: async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends what `fetch` would not: a path as it is, any Host header. */
export function rawRequest(
  host: HttpHost,
  options: { path: string; method?: string; headers?: Record<string, string> },
) {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>(
    (done, failed) => {
      const sent = request({ host: '127.0.0.1', port: host.port, method: 'GET', ...options }, (answer) => {
        let body = '';
        answer.on('data', (data) => {
          body += String(data);
        });
        answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      });
      sent.on('error', failed);
      sent.end();
    },
  );
}
