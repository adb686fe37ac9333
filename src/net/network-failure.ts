import { Failure, type FailureCode, isFailure } from '../model/failure.ts';

interface Way {
  readonly code: FailureCode;
  readonly problem: string;
  readonly hint: string;
}

const REFUSED: Way = {
  code: 'unreachable',
  problem: 'refused the connection',
  hint: 'Check the address and port, and that the server runs. A tunnel or port-forward may have ended.',
};
const UNKNOWN_NAME: Way = {
  code: 'unreachable',
  problem: 'has a name that could not be resolved',
  hint: 'Check the spelling of the host, and whether a VPN must be on.',
};
const NO_ROUTE: Way = {
  code: 'unreachable',
  problem: 'could not be reached over the network',
  hint: 'Check that the network or VPN is on and that no firewall is in between.',
};
const SLOW_CONNECT: Way = {
  code: 'timeout',
  problem: 'did not accept a connection in time',
  hint: 'Check that the network or VPN is on and that no firewall drops the packets.',
};
const SLOW_ANSWER: Way = {
  code: 'timeout',
  problem: 'did not answer in time',
  hint: 'The server may be overloaded, or something in between swallows the traffic. Try again later.',
};
const CUT: Way = {
  code: 'unreachable',
  problem: 'broke off the connection',
  hint: 'Try again. If it stays, check that the port speaks what the address says (http or https), and any proxy in between.',
};
const UNTRUSTED: Way = {
  code: 'tls',
  problem: 'shows a certificate from an authority that is not trusted here',
  hint: 'Give the certificate authority (CA) that signed it; for a kubeconfig, fetch the kubeconfig again.',
};
const EXPIRED: Way = {
  code: 'tls',
  problem: 'shows a certificate that has expired or is not valid yet',
  hint: 'Renew the certificate on the server, and check the clock of this computer.',
};
const WRONG_NAME: Way = {
  code: 'tls',
  problem: 'shows a certificate that was made for another name',
  hint: 'Use the host name that the certificate names; in a kubeconfig, tls-server-name can name it.',
};
const NOT_TLS: Way = {
  code: 'tls',
  problem: 'could not agree on an encrypted connection',
  hint: 'The port may not speak https, or the server refused the client certificate. Check the address and the credentials.',
};
const CLIENT_CERTIFICATE: Way = {
  code: 'tls',
  problem: 'refused the client certificate',
  hint: 'The client certificate has expired or comes from another authority. Fetch the credentials again.',
};
const NOT_HTTP: Way = {
  code: 'bad-answer',
  problem: 'did not answer in HTTP',
  hint: 'Check the port, and whether the address should begin with https:// instead of http://.',
};
const PROXY: Way = {
  code: 'unreachable',
  problem: 'could not be reached through the proxy',
  hint: 'Check the proxy (proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY) and its credentials.',
};

const WAYS: Readonly<Record<string, Way>> = {
  ECONNREFUSED: REFUSED,
  ENOTFOUND: UNKNOWN_NAME,
  EAI_AGAIN: UNKNOWN_NAME,
  EAI_FAIL: UNKNOWN_NAME,
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  ENETDOWN: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  EACCES: NO_ROUTE,
  ETIMEDOUT: SLOW_CONNECT,
  UND_ERR_CONNECT_TIMEOUT: SLOW_CONNECT,
  UND_ERR_HEADERS_TIMEOUT: SLOW_ANSWER,
  UND_ERR_BODY_TIMEOUT: SLOW_ANSWER,
  ECONNRESET: CUT,
  ECONNABORTED: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: CUT,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  INVALID_CA: UNTRUSTED,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: EXPIRED,
  ERR_TLS_CERT_ALTNAME_INVALID: WRONG_NAME,
  ERR_SSL_WRONG_VERSION_NUMBER: NOT_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NOT_TLS,
  EPROTO: NOT_TLS,
  UND_ERR_PRX_TLS: PROXY,
  UND_ERR_PRX_CONN: PROXY,
};

/**
 * An error of undici, Node or TLS as a `Failure`: what failed at `where`, and a way out. The text of the foreign error is
 * not repeated; only its code is, where it is unknown here.
 */
export function mapNetworkError(error: unknown, where: string): Failure {
  if (isFailure(error)) return error;
  const code = codeOf(error);
  const way = wayOf(error, code);
  if (way !== undefined) return new Failure(way.code, `${where} ${way.problem}.`, { hint: way.hint });
  return new Failure('unreachable', `The request to ${where} failed${code === null ? '' : ` (${code})`}.`, {
    hint: 'Check the address and the network, then try again.',
  });
}

function wayOf(error: unknown, code: string | null): Way | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Proxy response')) return PROXY;
  if (code === null) return undefined;
  if (code.startsWith('HPE_')) return NOT_HTTP;
  if (/ALERT.*(CERT|UNKNOWN_CA)/.test(code)) return CLIENT_CERTIFICATE;
  return WAYS[code] ?? (code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') ? NOT_TLS : undefined);
}

/** The code of an error, or of what caused it (fetch and aggregate errors carry it inside). */
export function codeOf(error: unknown): string | null {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const code: unknown = 'code' in current ? current.code : undefined;
    if (typeof code === 'string') return code;
    current = current instanceof AggregateError ? (current.errors as unknown[])[0] : current.cause;
  }
  return null;
}
