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
  /**
   * The API server refused these: forget them, unless newer ones came in the meantime. True if asking again may bring
   * something else.
   */
  invalidate(refused: Credentials): boolean;
  /** Ends what is running; a later call starts anew. */
  close(): void;
}

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
