import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import { cachedEmbodiedOf, embodiedLine } from '../sql/embodied-line.ts';
import { bulk } from './bulk.ts';
import { idOf } from './document-ids.ts';
import type { Store } from './store.ts';

const INDEX = 'embodied-cache';

/** What is remembered of an instance type, also where it has run out. */
export async function readEmbodied(
  { requests, names }: Store,
  provider: string,
  instanceType: string,
): Promise<CachedEmbodied | null> {
  const found = await requests.get(names.of(INDEX), idOf(provider, instanceType));
  return found === null ? null : cachedEmbodiedOf(found.source);
}

/** Remembers an answer in the place of the one before. */
export async function putEmbodied({ requests, names }: Store, entry: CachedEmbodied): Promise<void> {
  const id = idOf(entry.provider, entry.instanceType);
  await bulk(requests, [{ kind: 'put', index: names.of(INDEX), id, document: embodiedLine(entry) }]);
}
