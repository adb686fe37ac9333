import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { Failure } from '../model/failure.ts';
import { type AddressRule, addressOf, guardedLookup, refusedAddress } from './address-rules.ts';

export interface TlsOptions {
  /** PEM; replaces the authorities that this computer trusts. Null: those of the computer. */
  readonly certificateAuthority: string | null;
  readonly clientCertificate: { readonly certificate: string; readonly key: string } | null;
  /** Name that the server's certificate must carry, where it isn't the host of the address. */
  readonly serverName: string | null;
  readonly insecure: boolean;
}

export const DEFAULT_TLS: TlsOptions = {
  certificateAuthority: null,
  clientCertificate: null,
  serverName: null,
  insecure: false,
};

interface DispatcherOptions {
  readonly tls: TlsOptions;
  readonly proxyUrl: string | null;
  readonly connectTimeoutMilliseconds: number;
  /** Most connections; 6 where it isn't said. */
  readonly connections?: number;
  /** Addresses that are not connected to, whatever name leads there. A proxy looks names up itself. */
  readonly refuses?: AddressRule;
}

/** One pool of connections to one origin, direct or through a proxy; HTTP/1.1 with keep-alive. */
export function createDispatcher(origin: URL, options: DispatcherOptions): Dispatcher {
  const address = addressOf(origin);
  if (address !== null && options.refuses?.(address) === true) throw refusedAddress();
  const serverName = options.tls.serverName ?? (address === null ? origin.hostname : null);
  const connect = {
    timeout: options.connectTimeoutMilliseconds,
    allowH2: false,
    rejectUnauthorized: !options.tls.insecure,
    ...(options.tls.certificateAuthority === null ? {} : { ca: options.tls.certificateAuthority }),
    ...(options.tls.clientCertificate === null
      ? {}
      : { cert: options.tls.clientCertificate.certificate, key: options.tls.clientCertificate.key }),
    ...(serverName === null ? {} : { servername: serverName }),
    ...(options.refuses === undefined ? {} : { lookup: guardedLookup(options.refuses) }),
  };
  const pool = { connections: options.connections ?? 6, keepAliveTimeout: 30_000, allowH2: false };
  if (options.proxyUrl === null) return new Agent({ ...pool, connect });
  const proxy = checkedProxy(options.proxyUrl);
  return new ProxyAgent({
    ...pool,
    uri: proxy.href,
    requestTls: connect,
    proxyTls: { timeout: options.connectTimeoutMilliseconds },
    connectTimeout: options.connectTimeoutMilliseconds,
  });
}

function checkedProxy(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:', 'socks5:'].includes(url.protocol)) {
    throw new Failure('bad-input', 'The proxy address is not an http, https or socks5 URL.', {
      hint: 'Correct proxy-url in the kubeconfig, or HTTPS_PROXY in the environment.',
    });
  }
  return url;
}
