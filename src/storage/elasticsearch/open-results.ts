import { randomUUID } from 'node:crypto';
import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { ElasticsearchSettings } from '../../core/ports/store-settings.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import { clientFor } from './client.ts';
import { ElasticsearchResults } from './elasticsearch-results.ts';
import { HeadStore } from './head-store.ts';
import { IndexNames } from './index-names.ts';
import { Requests } from './requests.ts';
import { missingRights } from './rights.ts';
import { migrate, refuseUnready } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Opens the results store on an Elasticsearch cluster; makes or migrates its templates first, one start at a time.
 * Throws `Failure` store-away where it can't be reached, unauthenticated or forbidden where the user may not read, and
 * store where a newer Podwatt made it.
 */
export async function openElasticsearchResults(settings: ElasticsearchSettings): Promise<WholeStore> {
  const requests = new Requests(clientFor(settings));
  const names = new IndexNames(settings.indexPrefix);
  const now = (): number => Math.floor(Date.now() / 1000);
  const store: Store = { requests, names, heads: new HeadStore(requests, names), owner: randomUUID(), now };
  try {
    const { reading, writing } = await missingRights(requests, names);
    if (reading.length > 0) {
      throw new Failure('forbidden', `The user lacks rights in Elasticsearch: ${reading.join(', ')}.`, {
        hint: 'Give the user these rights, or set another user.',
      });
    }
    const isReadOnly = writing.length > 0;
    if (isReadOnly) await refuseUnready(requests, names);
    else await migrate(requests, names, settings, now);
    const results = new ElasticsearchResults(store, `${settings.url} (${names.pattern})`, isReadOnly);
    if (!isReadOnly) await settleQuietly(results);
    return results;
  } catch (error) {
    await requests.close();
    throw error;
  }
}

/** What can't be settled now is settled by the next write: no reason not to open. */
async function settleQuietly(results: ElasticsearchResults): Promise<void> {
  try {
    await results.settle();
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
}
