import { Failure } from '../../../model/failure.ts';
import { hostAndPort } from '../../../net/address.ts';
import type { TlsOptions } from '../../../net/dispatcher.ts';
import { createHttpClient, type HttpClient, type HttpRequest, type HttpResponse } from '../../../net/http-client.ts';
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
  close(): Promise<void>;
}

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
      ...(options.isOffline === undefined ? {} : { isOffline: options.isOffline }),
    });
    current = { client, certificate };
    await old?.close();
    return client;
  };
  const attempt = async (request: HttpRequest): Promise<{ answer: HttpResponse; credentials: Credentials }> => {
    const credentials = await source.credentials(request.signal ?? new AbortController().signal);
    const client = await clientFor(credentials);
    const answer = await client.send({
      ...request,
      path: `${basePath}${request.path}`,
      headers: { ...request.headers, ...credentials.headers },
    });
    return { answer, credentials };
  };
  return {
    host,
    async send(request) {
      const { answer, credentials } = await attempt(request);
      if (answer.status !== 401 || !source.invalidate(credentials)) return answer;
      return (await attempt(request)).answer;
    },
    async close() {
      closed = true;
      source.close();
      await current?.client.close();
    },
  };
}
