import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUrlTransport } from '../../../src/net/url-transport.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON; text as it is; null: no answer ever comes. */
  readonly body: unknown;
}

export interface SeenRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service on this machine that answers as it is told, and remembers what it was asked. */
export async function startScriptedService(answer: (request: SeenRequest) => ScriptedAnswer) {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://service');
      const seen = { path: url.pathname, query: url.searchParams, headers: request.headers, body };
      requests.push(seen);
      const scripted = answer(seen);
      if (scripted.body === null) return;
      response.writeHead(scripted.status ?? 200, { 'content-type': 'application/json', ...scripted.headers });
      response.end(typeof scripted.body === 'string' ? scripted.body : JSON.stringify(scripted.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createUrlTransport({ url, auth: { kind: 'none' }, certificateAuthority: null });
  return {
    url,
    transport,
    requests,
    async stop() {
      await transport.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
