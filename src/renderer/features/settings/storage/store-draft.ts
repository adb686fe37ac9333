import type { StoreStatus } from '../../../../contract/schemas/store.ts';

export type StoreKind = StoreStatus['kind'];
export const TLS_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

export interface SqliteDraft {
  readonly file: string;
}

export interface PostgresDraft {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly schema: string;
  readonly tls: TlsMode;
  /** Path of a PEM file on the machine that Podwatt runs on. */
  readonly authority: string;
}

export interface ElasticsearchDraft {
  readonly url: string;
  readonly auth: 'basic' | 'api-key' | 'none';
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  readonly prefix: string;
  readonly shards: string;
  readonly replicas: string;
  readonly verify: boolean;
  readonly authority: string;
}

/** What a person types about another store: by fields, or as one address. */
export interface StoreDraft {
  readonly kind: StoreKind;
  readonly by: 'fields' | 'address';
  readonly address: string;
  readonly sqlite: SqliteDraft;
  readonly postgres: PostgresDraft;
  readonly elasticsearch: ElasticsearchDraft;
}

export const EMPTY_DRAFT: StoreDraft = {
  kind: 'postgres',
  by: 'fields',
  address: '',
  sqlite: { file: '' },
  postgres: {
    host: '',
    port: '5432',
    database: 'podwatt',
    user: 'podwatt',
    password: '',
    schema: 'public',
    tls: 'prefer',
    authority: '',
  },
  elasticsearch: {
    url: '',
    auth: 'basic',
    user: '',
    password: '',
    apiKey: '',
    prefix: 'podwatt',
    shards: '1',
    replicas: '1',
    verify: true,
    authority: '',
  },
};

export type Field =
  | 'address'
  | 'file'
  | 'host'
  | 'port'
  | 'database'
  | 'schema'
  | 'url'
  | 'user'
  | 'password'
  | 'apiKey'
  | 'prefix'
  | 'shards'
  | 'replicas';

export type DraftProblems = { readonly [F in Field]?: string };
