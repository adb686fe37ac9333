import * as z from 'zod';
import { bulk, type MayGoOn, type Operation } from './bulk.ts';
import { type Hit, pagesOf } from './documents.ts';
import type { IndexNames } from './index-names.ts';
import type { Requests } from './requests.ts';
import { rowDocument, rowOf } from './row-document.ts';

const DOCUMENTS_A_PAGE = 2000;
const OLD = { bool: { must_not: [{ exists: { field: 'co2e_market_grams' } }] } };
const ROLLUPS = ['hour', 'day'].flatMap((period) =>
  ['pod', 'workload', 'namespace'].map((grain) => `rollup-${period}-${grain}`),
);

const Row = z.looseObject({ co2e_grams: z.number(), timestamp: z.string(), generation: z.string() });
const Rollup = z.looseObject({ co2e_grams: z.number() });

/**
 * From version 1 to 2: rows and roll-ups from before contracts, GPUs and volumes get the fields that are added up of
 * them now. Their market-based grams are the location-based ones, the others 0 or null: no version before wrote other
 * joules there. Doing it again changes nothing.
 */
export async function fillInScience(requests: Requests, names: IndexNames, mayGoOn: MayGoOn): Promise<void> {
  const fillIn = async (family: string, sort: string[], operationOf: (hit: Hit) => Operation): Promise<void> => {
    await requests.refresh([names.all(family)]);
    const body = { query: OLD, sort, size: DOCUMENTS_A_PAGE };
    for await (const page of pagesOf(requests, [names.all(family)], body)) {
      await mayGoOn();
      await bulk(requests, page.map(operationOf), mayGoOn);
    }
  };
  const places = ['timestamp', 'cluster_id', 'namespace', 'pod_name', 'node', 'generation'];
  await fillIn('combined-metrics', places, newRow);
  for (const family of ROLLUPS) await fillIn(family, sortOf(family), newRollup);
}

/** Names that tell any two roll-ups of a family apart, indexed or with doc values. */
function sortOf(family: string): string[] {
  const ofNamespace = ['timestamp', 'cluster_id', 'namespace', 'generation'];
  if (family.endsWith('-namespace')) return ofNamespace;
  const ofWorkload = ['row_kind', 'node', 'workload', 'team_key', 'emaps_zone', 'provider'];
  return [...ofNamespace, ...ofWorkload, ...(family.endsWith('-pod') ? ['pod_name'] : [])];
}

/** The whole document anew: fields that are only added up are not in what a document gives back. */
function newRow({ index, id, source }: Hit): Operation {
  const before = Row.parse(source);
  const { startSeconds, durationSeconds, ...row } = rowOf({ co2e_market_grams: before.co2e_grams, ...before });
  const window = { startSeconds, durationSeconds: durationSeconds === 300 ? 300 : 3600 } as const;
  return { kind: 'put', index, id, document: rowDocument(row, window, before.timestamp, before.generation) };
}

function newRollup({ index, id, source }: Hit): Operation {
  const before = Rollup.parse(source);
  const added = {
    joules_gpu: 0,
    joules_storage: 0,
    co2e_market_grams: before.co2e_grams,
    co2e_direct_grams: 0,
    co2e_of_direct_rows_grams: 0,
  };
  return { kind: 'put', index, id, document: { ...added, ...before } };
}
