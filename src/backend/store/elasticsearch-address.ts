import * as z from 'zod';
import type { ElasticsearchSettings } from '../../core/ports/store-settings.ts';
import { readAuthority, type StoreAddressDeps } from './address-deps.ts';
import { type AddressParts, type Refuse, splitAddress } from './address-parts.ts';
import { filePath, flag, judgeParameters, timeoutMilliseconds, wholeNumber } from './address-values.ts';

export const ELASTICSEARCH_FORMS =
  'Write elasticsearch+https://user:password@host:9200, where need be with ?index_prefix=podwatt&shards=1&replicas=1&verify_certs=true&ca=/path/of/ca.pem&request_timeout=30s, or ?api_key=… in place of user and password.';

const DEFAULT_PORT = 9200;

const Parameters = z
  .strictObject({
    index_prefix: z
      .string()
      .regex(
        /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/,
        'takes lower-case letters and digits, with . _ and - between, 100 at most',
      ),
    shards: wholeNumber(1, 64),
    replicas: wholeNumber(0, 10),
    verify_certs: flag,
    ca: filePath,
    api_key: z.string().regex(/^[\x21-\x7e]+$/, 'takes the encoded form of a key'),
    request_timeout: timeoutMilliseconds,
  })
  .partial();

/** `elasticsearch+http://` or `elasticsearch+https://`; the port is 9200 where none is written. */
export async function parseElasticsearchAddress(
  url: string,
  deps: StoreAddressDeps,
  refuse: Refuse,
): Promise<ElasticsearchSettings> {
  const parts = splitAddress(url, refuse);
  const given = judgeParameters(Parameters, parts.parameters, refuse);
  const isTls = url.toLowerCase().startsWith('elasticsearch+https:');
  if (!isTls && (given.ca !== undefined || given.verify_certs !== undefined)) {
    throw refuse('gives ca or verify_certs, which go with elasticsearch+https:// only');
  }
  return {
    kind: 'elasticsearch',
    url: plainUrl(parts, isTls ? 'https' : 'http', refuse),
    auth: authOf(parts, given.api_key, deps, refuse),
    indexPrefix: given.index_prefix ?? 'podwatt',
    shards: given.shards ?? 1,
    replicas: given.replicas ?? 1,
    verifyCertificates: given.verify_certs ?? true,
    certificateAuthority: given.ca === undefined ? null : await readAuthority(given.ca, deps, refuse),
    requestTimeoutMilliseconds: given.request_timeout ?? 30_000,
  };
}

function plainUrl({ host, port, path }: AddressParts, scheme: 'http' | 'https', refuse: Refuse): string {
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port ?? DEFAULT_PORT}${path.replace(/\/+$/, '')}`;
  if (!URL.canParse(url)) throw refuse('has a host that is none');
  return url;
}

function authOf(
  { user, password }: AddressParts,
  apiKey: string | undefined,
  { secrets }: StoreAddressDeps,
  refuse: Refuse,
): ElasticsearchSettings['auth'] {
  if (apiKey !== undefined && (user !== null || password !== null)) throw refuse('gives both a user and api_key');
  if (apiKey !== undefined) return { kind: 'api-key', key: apiKey };
  if (user === null) {
    if (password !== null) throw refuse('gives a password without a user');
    return secrets?.apiKey === undefined ? { kind: 'none' } : { kind: 'api-key', key: secrets.apiKey };
  }
  const secret = password ?? secrets?.password;
  if (secret === undefined) throw refuse('gives a user without a password (PODWATT_STORE_PASSWORD may hold it)');
  return { kind: 'basic', username: user, password: secret };
}
