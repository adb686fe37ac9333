import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

// Runs the desktop's own handler of `app://` behind a loopback server. A thread of its own keeps the stand-in for
// `electron` out of the test's modules.
const fake = new URL('../../../fakes/electron/electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: fake, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
const { APP_URL, serveApp } = await import('../../../../src/main/protocol.ts');
const { protocolHandlers } = await import('../../../fakes/electron/electron.ts');
const { staticDir } = workerData as { staticDir: string };
serveApp(staticDir);
const handler = protocolHandlers.get('app');
if (handler === undefined) throw new Error('nothing serves app://');

const server = createServer(async (request, response) => {
  const answer = await handler(new Request(new URL(request.url ?? '/', APP_URL), { method: request.method ?? 'GET' }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
// A connection that is closed just as it is used again would fail a request.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
