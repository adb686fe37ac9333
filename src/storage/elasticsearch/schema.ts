import type { estypes } from '@elastic/elasticsearch';
import * as z from 'zod';
import type { ElasticsearchSettings } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import { isoOf } from '../sql/instants.ts';
import { fillInHeld, fillInScience } from './fill-in-science.ts';
import type { IndexNames } from './index-names.ts';
import { realTime, takeMigrationLock } from './migration-lock.ts';
import type { Requests } from './requests.ts';
import type { IndexFamily } from './templates/family.ts';
import { FAMILIES } from './templates/index.ts';

/** Of the templates and of what documents mean. A change of either is a new version. */
export const SCHEMA_VERSION = 4;

const SCHEMA = 'schema';

export type SchemaSettings = Pick<ElasticsearchSettings, 'shards' | 'replicas'>;

const Recorded = z.object({ version: z.number() });

/** The version that the store has; null for a new one. */
export async function storedVersion(requests: Requests, names: IndexNames): Promise<number | null> {
  const found = await requests.get(names.of('meta'), SCHEMA);
  return found === null ? null : Recorded.parse(found.source).version;
}

/**
 * Brings templates and indices to this version, one start at a time. Throws `Failure` store where a newer Podwatt made
 * the store, before anything is written.
 */
export async function migrate(
  requests: Requests,
  names: IndexNames,
  settings: SchemaSettings,
  now: () => number,
): Promise<void> {
  if (isCurrent(await storedVersion(requests, names))) return;
  const meta = names.of('meta');
  await putTemplate(requests, names, settings, 'meta');
  const lock = await takeMigrationLock(requests, meta, realTime(now));
  try {
    // The one before may have done it all.
    const found = await storedVersion(requests, names);
    if (isCurrent(found)) return;
    // Together: the cluster then changes its state once for many of them.
    await Promise.all(FAMILIES.map((family) => putTemplate(requests, names, settings, family.name)));
    if (found !== null) {
      await Promise.all(FAMILIES.map((family) => putMapping(requests, names, family)));
      if (found < 2) await fillInScience(requests, names, () => lock.mayGoOn());
      else if (found < 3) await fillInHeld(requests, names, () => lock.mayGoOn());
    }
    await lock.mayGoOn();
    const document = { version: SCHEMA_VERSION, updated_at: isoOf(now()) };
    await requests.send((options) =>
      requests.client.index({ index: meta, id: SCHEMA, document, refresh: true }, options),
    );
  } finally {
    await lock.release();
  }
}

function isCurrent(version: number | null): boolean {
  if (version === null || version < SCHEMA_VERSION) return false;
  if (version === SCHEMA_VERSION) return true;
  throw new Failure(
    'store',
    `A newer Podwatt made this store (version ${version}; this one knows ${SCHEMA_VERSION}).`,
    {
      hint: 'Install the newest Podwatt, or set another index prefix. The store was left as it is.',
    },
  );
}

/** For a user who may only read: throws `Failure` store where the store is not ready to be read. */
export async function refuseUnready(requests: Requests, names: IndexNames): Promise<void> {
  if (isCurrent(await storedVersion(requests, names))) return;
  throw new Failure('store', 'The user may only read, and this store has not been made or brought up to date.', {
    hint: 'Start Podwatt once with a user who may write.',
  });
}

async function putTemplate(
  requests: Requests,
  names: IndexNames,
  { shards, replicas }: SchemaSettings,
  name: string,
): Promise<void> {
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined) return;
  const template: estypes.IndicesPutIndexTemplateRequest = {
    name: names.template(name),
    index_patterns: [names.all(name)],
    // Above the templates that a fresh Elasticsearch has.
    priority: 500,
    version: SCHEMA_VERSION,
    template: {
      settings: {
        number_of_shards: shards,
        number_of_replicas: replicas,
        codec: 'best_compression',
        // What was deleted is remembered for longer than any write can be on its way.
        gc_deletes: '1h',
      },
      mappings: mappingsOf(family),
    },
  };
  await requests.send((options) => requests.client.indices.putIndexTemplate(template, options));
}

export function mappingsOf({ properties, sumOnly }: IndexFamily): estypes.MappingTypeMapping {
  return {
    dynamic: 'strict',
    properties: { ...properties },
    ...(sumOnly === undefined ? {} : { _source: { excludes: [...sumOnly] } }),
  };
}

/** Gives indices of an older version their new fields. */
async function putMapping(requests: Requests, names: IndexNames, family: IndexFamily): Promise<void> {
  const mapping = {
    index: names.all(family.name),
    properties: { ...family.properties },
    allow_no_indices: true,
    ignore_unavailable: true,
  };
  await requests.send((options) => requests.client.indices.putMapping(mapping, options));
}
