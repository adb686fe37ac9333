import type { StoreSettings } from '../../core/ports/store-settings.ts';
import type { StoreAddressDeps } from './address-deps.ts';
import { refusalOf } from './address-parts.ts';
import { ELASTICSEARCH_FORMS, parseElasticsearchAddress } from './elasticsearch-address.ts';
import { POSTGRES_FORMS, parsePostgresAddress } from './postgres-address.ts';
import { parseSqliteAddress, SQLITE_FORMS } from './sqlite-address.ts';

const ALL_FORMS =
  'Write sqlite:///path/of/podwatt.sqlite, postgres://user:password@host:5432/database or elasticsearch+https://user:password@host:9200.';

/**
 * Reads the address of a store, as `PODWATT_STORE` and the Settings page take it; certificate files are read too.
 * @throws Failure 'bad-input' that names the part and the forms that work, and shows nothing secret
 */
export async function parseStoreAddress(url: string, deps: StoreAddressDeps): Promise<StoreSettings> {
  const subject = deps.subject ?? 'The address of the store';
  const address = url.trim();
  const scheme = /^[a-z+]+(?=:)/i.exec(address)?.[0].toLowerCase() ?? '';
  if (scheme !== 'sqlite' && scheme !== '' && !address.slice(scheme.length).startsWith('://')) {
    throw refusalOf(subject, ALL_FORMS)('has no // behind its first colon');
  }
  switch (scheme) {
    case 'sqlite':
      return parseSqliteAddress(address, deps, refusalOf(subject, SQLITE_FORMS));
    case 'postgres':
    case 'postgresql':
      return parsePostgresAddress(address, deps, refusalOf(subject, POSTGRES_FORMS));
    case 'elasticsearch+http':
    case 'elasticsearch+https':
      return parseElasticsearchAddress(address, deps, refusalOf(subject, ELASTICSEARCH_FORMS));
    default:
      throw refusalOf(subject, ALL_FORMS)('begins with no kind of store that Podwatt knows');
  }
}

/** Where a store is, for people: no user, no password, no key. */
export function describeStore(settings: StoreSettings): string {
  switch (settings.kind) {
    case 'sqlite':
      return settings.file;
    case 'postgres': {
      const { host, port, database, schema } = settings;
      return `postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database} (schema ${schema})`;
    }
    case 'elasticsearch':
      return `${settings.url} (indices ${settings.indexPrefix}-*)`;
  }
}
