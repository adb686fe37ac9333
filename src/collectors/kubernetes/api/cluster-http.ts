import { Failure } from '../../../model/failure.ts';
import { hostAndPort } from '../../../net/address.ts';
import type { TlsOptions } from '../../../net/dispatcher.ts';
import {
  createHttpClient,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type HttpStream,
} from '../../../net/http-client.ts';
import { type Environment, proxyFromEnvironment } from '../../../net/proxy.ts';
import type { CredentialSource, Credentials } from '../auth/credentials.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import { readTlsMaterial } from '../kubeconfig/tls-material.ts';

/** Requests to one API server with the context's credentials, over one pool of connections. */
export interface ClusterHttp {
  /** How people see the server: `host:port`. */
  readonly host: string;
  /** Paths start below the server's own path. A 401 is tried once more with fresh credentials, then comes back as it is. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** A watch: as `send`, with a body that goes on. Each holds one connection of the pool. */
  stream(request: HttpRequest): Promise<HttpStream>;
  close(): Promise<void>;
}

/** A watch holds its connection; one for each resource, and those of the questions. */
const MAX_CONNECTIONS = 24;
const MAX_QUESTIONS = 6;

interface ClusterHttpOptions {
  readonly env: Environment;
  readonly isOffline?: () => boolean;
}

export function createClusterHttp(
  context: ResolvedContext,
  source: CredentialSource,
  options: ClusterHttpOptions,
): ClusterHttp {
  const host = hostAndPort(context.server);
  const basePath = context.server.pathname.replace(/\/+$/, '');
  let material: Promise<TlsOptions> | null = null;
  let current: { client: HttpClient; certificate: string | null } | null = null;
  let closed = false;

  const clientFor = async (credentials: Credentials): Promise<HttpClient> => {
    material ??= readTlsMaterial(context);
    const tls = await material;
    const clientCertificate = credentials.clientCertificate ?? tls.clientCertificate;
    const certificate = clientCertificate?.certificate ?? null;
    if (closed) throw new Failure('cancelled', `The connection to ${host} was closed.`);
    if (current !== null && current.certificate === certificate) return current.client;
    // A plugin brought another certificate: the old pool's connections were made with the old one.
    const old = current?.client;
    const client = createHttpClient({
      origin: context.server,
      where: `The API server at ${host}`,
      tls: { ...tls, clientCertificate },
      proxyUrl: context.cluster['proxy-url'] || proxyFromEnvironment(context.server, options.env),
      connections: MAX_CONNECTIONS,
      ...(options.isOffline === undefined ? {} : { isOffline: options.isOffline }),
    });
    current = { client, certificate };
    await old?.close();
    return client;
  };
  const questions = createGate(MAX_QUESTIONS);
  const attempt = async <Answer>(
    request: HttpRequest,
    ask: (client: HttpClient, signed: HttpRequest) => Promise<Answer>,
  ): Promise<{ answer: Answer; credentials: Credentials }> => {
    const credentials = await source.credentials(request.signal ?? new AbortController().signal);
    const client = await clientFor(credentials);
    const path = `${basePath}${request.path}`;
    const answer = await ask(client, { ...request, path, headers: { ...request.headers, ...credentials.headers } });
    return { answer, credentials };
  };
  const send = (request: HttpRequest) =>
    attempt<HttpResponse>(request, (client, signed) => questions(() => client.send(signed)));
  const stream = (request: HttpRequest) => attempt<HttpStream>(request, (client, signed) => client.stream(signed));
  return {
    host,
    async send(request) {
      const { answer, credentials } = await send(request);
      if (answer.status !== 401 || !source.invalidate(credentials)) return answer;
      return (await send(request)).answer;
    },
    async stream(request) {
      const { answer, credentials } = await stream(request);
      if (answer.status !== 401) return answer;
      await drain(answer.body);
      return source.invalidate(credentials) ? (await stream(request)).answer : answer;
    },
    async close() {
      closed = true;
      source.close();
      await current?.client.close();
    },
  };
}

/** At most so many at once; the others wait in order. */
function createGate(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      // The connection that is free now is known as free a turn later: the next one takes it in place of a new one.
      setImmediate(() => {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      });
    }
  };
}

/** A short answer that nobody reads must still be taken, so that its connection is free again. */
async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > 65_536) return;
  }
}
