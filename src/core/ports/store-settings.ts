/** A file of this machine. */
export interface SqliteSettings {
  readonly kind: 'sqlite';
  /** Absolute path. */
  readonly file: string;
}

export interface PostgresSettings {
  readonly kind: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | null;
  readonly password: string | null;
  /** All objects live in it; made where it is missing and the user may. */
  readonly schema: string;
  readonly sslMode: 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  /** PEM of an own certificate authority. */
  readonly certificateAuthority: string | null;
  readonly statementTimeoutMilliseconds: number;
  readonly poolSize: number;
}

export interface ElasticsearchSettings {
  readonly kind: 'elasticsearch';
  /** `http(s)://host:port[/path]`, without credentials. */
  readonly url: string;
  readonly auth:
    | { readonly kind: 'none' }
    | { readonly kind: 'basic'; readonly username: string; readonly password: string }
    | { readonly kind: 'api-key'; readonly key: string };
  /** Names of indices begin with it: `podwatt` gives `podwatt-combined-metrics-2026.11.21`. */
  readonly indexPrefix: string;
  readonly shards: number;
  readonly replicas: number;
  readonly verifyCertificates: boolean;
  readonly certificateAuthority: string | null;
  readonly requestTimeoutMilliseconds: number;
}

export type StoreSettings = SqliteSettings | PostgresSettings | ElasticsearchSettings;
export type StoreKind = StoreSettings['kind'];

/** What "Test connection" found. Nothing is made or changed for it. */
export interface StoreTest {
  readonly isOk: boolean;
  /** Of one small question over an open connection; null where none was answered. */
  readonly latencyMilliseconds: number | null;
  /** As the server says it, for example `PostgreSQL 16.4`; null where it was not reached. */
  readonly serverVersion: string | null;
  /** `new`: made with the first start; `current`; `older`: migrated with the next start; `newer`: refused. */
  readonly schema: 'new' | 'current' | 'older' | 'newer' | null;
  /** Rights that Podwatt needs and the user lacks, in the store's own words: `CREATE on schema public`. */
  readonly missingRights: readonly string[];
  /** True where reading works and writing does not. */
  readonly isReadOnly: boolean;
  /** What is wrong, for people, without secrets; null if nothing is. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
}
