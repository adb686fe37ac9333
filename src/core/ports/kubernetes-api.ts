/** What a request asks for, in the words of Kubernetes' access rules, over the whole cluster. */
export interface ApiAccess {
  readonly verb: 'get' | 'list';
  /** Plural, with its subresource: `pods`, `nodes/proxy`. */
  readonly resource: string;
  readonly apiGroup: string;
}

/** Reading through one API server with the context's credentials. Throws `Failure` for every other status than 200. */
export interface KubernetesApi {
  /** One JSON document. */
  get(path: string, access: ApiAccess, signal: AbortSignal): Promise<unknown>;
  /** A whole collection in pages of at most 500; what `read` answers null for is left out. */
  list<Item>(
    path: string,
    access: ApiAccess,
    read: (raw: unknown) => Item | null,
    signal: AbortSignal,
  ): Promise<readonly Item[]>;
}
