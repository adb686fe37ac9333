import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** `/api/v1/namespaces/{ns}/services/{[scheme:]name[:port]}/proxy/...` in its parts; null for any other path. */
export function proxiedService(url: URL): { service: string; reference: string; path: string } | null {
  const match = /^\/api\/v1\/namespaces\/([^/]+)\/services\/([^/]+)\/proxy(\/.*)?$/.exec(url.pathname);
  if (match === null) return null;
  const reference = decodeURIComponent(match[2]!);
  const parts = reference.split(':');
  const name = parts.length === 3 ? parts[1]! : parts[0]!;
  return { service: `${match[1]}/${name}`, reference, path: `${match[3] ?? '/'}${url.search}` };
}

/** Passes a request on to a backend, without the caller's credentials, as the API server does. */
export function passOn(incoming: IncomingMessage, answer: ServerResponse, backend: string, path: string): void {
  const target = new URL(backend);
  const headers = { ...incoming.headers, host: target.host };
  delete headers.authorization;
  const basePath = target.pathname.replace(/\/$/, '');
  const outgoing = request(
    { host: target.hostname, port: target.port, method: incoming.method, path: `${basePath}${path}`, headers },
    (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    },
  );
  outgoing.on('error', () => {
    answer.writeHead(503, { 'content-type': 'application/json' });
    answer.end(
      JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'error trying to reach service: dial tcp: connect: connection refused',
        reason: 'ServiceUnavailable',
        code: 503,
      }),
    );
  });
  incoming.pipe(outgoing);
}
