import type { StoreInfo } from '../../core/ports/results-store.ts';
import type { Store } from './store.ts';

/** What the store is; throws `Failure` store-away where it doesn't answer. */
export async function readInfo(store: Store, location: string, isReadOnly: boolean): Promise<StoreInfo> {
  const [serverVersion, sizeBytes] = await Promise.all([readVersion(store), readSize(store)]);
  return { kind: 'elasticsearch', location, sizeBytes, serverVersion, isReadOnly };
}

export async function readVersion({ requests }: Pick<Store, 'requests'>): Promise<string> {
  const { version } = await requests.send((options) => requests.client.info({}, options));
  return `Elasticsearch ${version.number}`;
}

async function readSize({ requests, names }: Store): Promise<number | null> {
  const { _all: all } = await requests.send((options) =>
    requests.client.indices.stats({ index: names.pattern, metric: 'store' }, options),
  );
  return all.total?.store?.size_in_bytes ?? null;
}
