/** One HTTP request of a collector to a service; where it goes to is the transport's business. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** Path below the service's root, with a leading slash and without a query. */
  readonly path: string;
  /** Sent as query (GET) or as form body (POST). */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  /** Body of a POST in JSON; the parameters are in the query then. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  readonly contentType: string | null;
  /** Whole body as text, at most `maxBytes`. */
  readonly text: string;
  /** Seconds that the service asks to wait (`Retry-After`); left out where it doesn't. */
  readonly retryAfterSeconds?: number;
}

/**
 * A way to one HTTP service: a URL by hand, or the API server's service proxy with the kubeconfig's credentials.
 * Network, TLS, time-out and size problems are thrown as `Failure`; every HTTP status is an answer.
 */
export interface Transport {
  /** For people, without credentials: `monitoring/prometheus-server:80 through the API server`. */
  readonly description: string;
  send(request: TransportRequest): Promise<TransportResponse>;
}
