import type { ConnectionOptions } from 'node:tls';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';

export type TlsChoice = false | ConnectionOptions;

/**
 * TLS as libpq's `sslmode` means it; the driver's own reading of these words is another. In the order in which to try:
 * only `prefer` has two, and goes on without TLS where the server has none. With an own authority, `require` checks the
 * certificate too, as libpq does.
 */
export function tlsChoicesOf(
  settings: Pick<PostgresSettings, 'sslMode' | 'certificateAuthority' | 'host'>,
): readonly TlsChoice[] {
  const { sslMode, certificateAuthority, host } = settings;
  // A socket of this machine has no TLS.
  if (host.startsWith('/')) return [false];
  const ca = certificateAuthority === null ? {} : { ca: certificateAuthority };
  const unchecked: TlsChoice = { rejectUnauthorized: false };
  const anyName: TlsChoice = { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  switch (sslMode) {
    case 'disable':
      return [false];
    case 'prefer':
      return [unchecked, false];
    case 'require':
      return [certificateAuthority === null ? unchecked : anyName];
    case 'verify-ca':
      return [anyName];
    case 'verify-full':
      return [{ ...ca, rejectUnauthorized: true }];
  }
}

const REFUSALS = ['The server does not support SSL connections', 'There was an error establishing an SSL connection'];

/** True where the server itself said that it has no TLS. */
export function hasNoTls(error: unknown): boolean {
  return error instanceof Error && REFUSALS.includes(error.message);
}

/** True where the handshake failed: a certificate that is not trusted, of another name, or no common version. */
export function isTlsFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return CERTIFICATE_CODES.has(code) || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_') || code === 'EPROTO';
}

// Of Node's documentation, "X509 certificate error codes".
const CERTIFICATE_CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
