import type { TlsOptions } from '../../../net/dispatcher.ts';
import type { HeaderValues } from '../../../net/http-client.ts';

/** What a request shows to say who it is. */
export interface Credentials {
  readonly headers: HeaderValues;
  /** A certificate that signing in brought; null: the one of the kubeconfig, if any. */
  readonly clientCertificate: TlsOptions['clientCertificate'];
}

/** One user's way of signing in. */
export interface CredentialSource {
  /** Throws `Failure` where signing in failed. */
  credentials(signal: AbortSignal): Promise<Credentials>;
  /** The API server refused what was shown: forget it. True if asking again may bring something else. */
  invalidate(): boolean;
  close(): void;
}

export const NO_CREDENTIALS: Credentials = { headers: {}, clientCertificate: null };

/** Credentials that never change. */
export function fixedCredentials(headers: HeaderValues): CredentialSource {
  return {
    credentials: async () => ({ headers, clientCertificate: null }),
    invalidate: () => false,
    close: () => undefined,
  };
}

export function bearer(token: string): HeaderValues {
  return { authorization: `Bearer ${token}` };
}
