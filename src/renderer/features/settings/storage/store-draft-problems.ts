import type { DraftProblems, ElasticsearchDraft, PostgresDraft, StoreDraft } from './store-draft.ts';

type Found = { -readonly [F in keyof DraftProblems]: string };

/** What can't be tried, by field, in words that say what works. The backend judges the whole address once more. */
export function problemsOf(draft: StoreDraft): DraftProblems {
  if (draft.by === 'address') return ofAddress(draft.address.trim());
  switch (draft.kind) {
    case 'sqlite':
      return /^(?:\/|[A-Za-z]:[\\/]).*[^\\/]$/.test(draft.sqlite.file.trim())
        ? {}
        : { file: 'The whole path of a file, for example /data/podwatt.sqlite' };
    case 'postgres':
      return ofPostgres(draft.postgres);
    case 'elasticsearch':
      return ofElasticsearch(draft.elasticsearch);
  }
}

function ofAddress(address: string): DraftProblems {
  return /^(?:sqlite:|postgres(?:ql)?:\/\/|elasticsearch\+https?:\/\/)./i.test(address)
    ? {}
    : { address: 'An address begins with sqlite:///, postgres:// or elasticsearch+https://' };
}

function ofPostgres(draft: PostgresDraft): DraftProblems {
  const found: Found = {};
  if (!isHost(draft.host)) found.host = 'A host name or an IP address, without a port';
  if (!isWhole(draft.port, 1, 65_535)) found.port = '1 to 65535';
  if (draft.database.trim() === '') found.database = 'The name of the database';
  if (!/^(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(draft.schema.trim())) {
    found.schema = 'Letters, digits, _ and -, not beginning with pg_';
  }
  return found;
}

function ofElasticsearch(draft: ElasticsearchDraft): DraftProblems {
  const found: Found = {};
  if (!isElasticUrl(draft.url.trim())) {
    found.url = 'http:// or https:// and a host, for example https://search.example.com:9200';
  }
  if (draft.auth === 'basic' && draft.user.trim() === '') found.user = 'The name of the user';
  if (draft.auth === 'basic' && draft.password === '') found.password = 'The password of the user';
  if (draft.auth === 'api-key' && !/^[\x21-\x7e]+$/.test(draft.apiKey.trim())) {
    found.apiKey = 'The encoded form of a key, as Kibana shows it';
  }
  if (!/^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/.test(draft.prefix.trim())) {
    found.prefix = 'Lower-case letters and digits, with . _ and - between';
  }
  if (!isWhole(draft.shards, 1, 64)) found.shards = '1 to 64';
  if (!isWhole(draft.replicas, 0, 10)) found.replicas = '0 to 10';
  return found;
}

/** An IPv6 address has two colons at least; `db:5432` is a host with its port. */
const isHost = (text: string): boolean =>
  /^(?:[\p{L}\p{N}._-]+|\[?(?:[0-9a-f]*:){2}[0-9a-f:.]*\]?)$/iu.test(text.trim());

function isWhole(text: string, least: number, most: number): boolean {
  const value = Number(text.trim());
  return /^\d{1,5}$/.test(text.trim()) && value >= least && value <= most;
}

function isElasticUrl(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return username === '' && password === '' && search === '' && hash === '';
}
