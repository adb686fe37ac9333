import type { ElasticsearchDraft, PostgresDraft, StoreDraft } from './store-draft.ts';

/** Stands for a secret in an address that is shown. */
const HIDDEN = '•••';

/** The draft as `PODWATT_STORE` takes it. It may hold a secret: for the call only, never for the screen. */
export function addressOf(draft: StoreDraft): string {
  return draft.by === 'address' ? draft.address.trim() : written(draft, encodeURIComponent);
}

/** The same for people: secrets are dots. */
export function shownAddressOf(draft: StoreDraft): string {
  return written(draft, () => HIDDEN);
}

type WriteSecret = (secret: string) => string;

function written(draft: StoreDraft, secret: WriteSecret): string {
  switch (draft.kind) {
    case 'sqlite':
      return ofSqlite(draft.sqlite.file.trim());
    case 'postgres':
      return ofPostgres(draft.postgres, secret);
    case 'elasticsearch':
      return ofElasticsearch(draft.elasticsearch, secret);
  }
}

function ofSqlite(file: string): string {
  const path = file
    .replaceAll('\\', '/')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^([A-Za-z])%3A/, '/$1:');
  return `sqlite://${path}`;
}

function ofPostgres(draft: PostgresDraft, secret: WriteSecret): string {
  const bare = draft.host.trim().replace(/^\[|\]$/g, '');
  const host = bare.includes(':') ? `[${bare}]` : bare;
  const credentials = credentialsOf(draft.user, draft.password, secret);
  const parameters = {
    schema: draft.schema.trim(),
    sslmode: draft.tls,
    ...(draft.authority.trim() === '' || draft.tls === 'disable' ? {} : { sslrootcert: draft.authority.trim() }),
  };
  return `postgres://${credentials}${host}:${draft.port.trim()}/${encodeURIComponent(draft.database.trim())}${queryOf(parameters)}`;
}

function ofElasticsearch(draft: ElasticsearchDraft, secret: WriteSecret): string {
  const url = draft.url.trim().replace(/\/+$/, '');
  const isTls = /^https:/i.test(url);
  const credentials = draft.auth === 'basic' ? credentialsOf(draft.user, draft.password, secret) : '';
  const parameters = {
    index_prefix: draft.prefix.trim(),
    shards: draft.shards.trim(),
    replicas: draft.replicas.trim(),
    ...(isTls ? { verify_certs: String(draft.verify) } : {}),
    ...(isTls && draft.authority.trim() !== '' ? { ca: draft.authority.trim() } : {}),
  };
  const key = draft.auth === 'api-key' ? `&api_key=${secret(draft.apiKey.trim())}` : '';
  return `elasticsearch+${url.replace('://', `://${credentials}`)}${queryOf(parameters)}${key}`;
}

function credentialsOf(user: string, password: string, secret: WriteSecret): string {
  if (user.trim() === '') return '';
  return `${encodeURIComponent(user.trim())}${password === '' ? '' : `:${secret(password)}`}@`;
}

/** A path may keep its slashes: an address is for reading as well. */
function queryOf(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`,
  );
  return `?${pairs.join('&')}`;
}
