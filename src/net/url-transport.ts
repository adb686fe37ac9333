import { rootCertificates } from 'node:tls';
import { Failure } from '../model/failure.ts';
import { hostAndPort, parseHttpUrl, redactUrl } from './address.ts';
import { DEFAULT_TLS } from './dispatcher.ts';
import { type Parameters, placeParameters } from './form.ts';
import { createHttpClient, type HttpResponse } from './http-client.ts';
import { type Environment, proxyFromEnvironment } from './proxy.ts';

type UrlAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string };

export interface UrlTransportOptions {
  /** Root of the service; may have a path, for example `https://metrics.example/prometheus`. */
  readonly url: string;
  readonly auth: UrlAuth;
  /** PEM of an own authority, trusted beside those of this computer. */
  readonly certificateAuthority: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Environment whose proxy variables hold; leave out to connect directly. */
  readonly proxyFromEnv?: Environment;
  readonly isOffline?: () => boolean;
}

/** Has the shape of core's `TransportRequest`; net knows only the model. */
interface UrlRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly parameters: Parameters;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

interface UrlTransport {
  readonly description: string;
  send(request: UrlRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/**
 * A way to one HTTP service whose URL a person gave. Throws `Failure('bad-input')` for a URL that isn't http(s) or holds
 * credentials, and for a CA that is no PEM. Credentials go to this origin only.
 */
export function createUrlTransport(options: UrlTransportOptions): UrlTransport {
  const url = parseHttpUrl(options.url, 'The address');
  const proxyUrl = options.proxyFromEnv === undefined ? null : proxyFromEnvironment(url, options.proxyFromEnv);
  const client = createHttpClient({
    origin: url,
    where: hostAndPort(url),
    tls: { ...DEFAULT_TLS, certificateAuthority: trusted(options.certificateAuthority) },
    proxyUrl,
    ...(options.isOffline === undefined ? {} : { isOffline: options.isOffline }),
  });
  const ownHeaders = { ...options.headers, ...authHeaders(options.auth) };
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    description: redactUrl(url.href),
    send(request) {
      const { json, parameters, ...rest } = request;
      const placed = placeParameters(request.method, `${basePath}${request.path}`, parameters, json);
      return client.send({
        ...rest,
        ...placed,
        headers: { accept: 'application/json', ...request.headers, ...placed.headers, ...ownHeaders },
      });
    },
    close: () => client.close(),
  };
}

function trusted(authority: string | null): string | null {
  if (authority === null || authority.trim() === '') return null;
  if (!authority.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Failure('bad-input', 'The certificate authority is not in PEM form.', {
      hint: 'Paste the text that begins with -----BEGIN CERTIFICATE-----.',
    });
  }
  return [...rootCertificates, authority].join('\n');
}

function authHeaders(auth: UrlAuth): Record<string, string> {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` };
  }
}
