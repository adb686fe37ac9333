import type { Store } from './store.ts';
import { FAMILIES } from './templates/index.ts';

/** Has Elasticsearch drop documents from its segments that were deleted. */
export async function vacuum({ requests, names }: Store, signal?: AbortSignal): Promise<void> {
  for (const { name } of FAMILIES) {
    await requests.send(
      (options) =>
        requests.client.indices.forcemerge(
          { index: names.all(name), only_expunge_deletes: true, ignore_unavailable: true, allow_no_indices: true },
          options,
        ),
      signal,
    );
  }
}
