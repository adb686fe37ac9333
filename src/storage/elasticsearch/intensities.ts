import * as z from 'zod';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { isoOf } from '../sql/instants.ts';
import { INTENSITY_DAYS, intensityKey, intensityLine, intensityOf, lastOfEach } from '../sql/intensity-line.ts';
import { bulk, type Operation } from './bulk.ts';
import { startsIn } from './clauses.ts';
import { idOf } from './document-ids.ts';
import { deleteMatching, pagesOf } from './documents.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';

const INDEX = 'carbon-intensity';
const DAY = 86_400;
const FORECASTS_A_REQUEST = 500;

/** Puts values in the place of those of the same key; a forecast takes the place of forecasts only. */
export async function putIntensities(store: Store, records: readonly IntensityRecord[]): Promise<void> {
  const given = lastOfEach(records).map((record) => ({ id: idOf(intensityKey(record)), record }));
  const known = await knownAmong(
    store,
    given.flatMap(({ id, record }) => (record.isForecast ? [id] : [])),
  );
  const operations = given
    .filter(({ id }) => !known.has(id))
    .map(
      ({ id, record }): Operation => ({
        kind: 'put',
        index: store.names.of(INDEX),
        id,
        document: intensityLine(record),
      }),
    );
  if (operations.length > 0) await bulk(store.requests, operations);
}

const Forecast = z.object({ is_forecast: z.boolean() });

/** Those of the ids that have a value which is no forecast. */
async function knownAmong({ requests, names }: Store, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let first = 0; first < ids.length; first += FORECASTS_A_REQUEST) {
    const body = {
      query: { bool: { filter: [{ ids: { values: ids.slice(first, first + FORECASTS_A_REQUEST) } }] } },
      size: FORECASTS_A_REQUEST,
      _source: ['is_forecast'],
    };
    const { hits } = (await requests.search([names.of(INDEX)], body)).hits;
    for (const { _id, _source } of hits) if (!Forecast.parse(_source).is_forecast) known.add(_id ?? '');
  }
  return known;
}

const averageOf = (zone: string, factorType: FactorType): Query[] => [
  { term: { zone } },
  { term: { factor_type: factorType } },
  { term: { kind: 'average' } },
];

/** Average values that start in a range, oldest first. */
export async function readIntensities(
  { requests, names }: Store,
  zone: string,
  factorType: FactorType,
  range: TimeRange,
): Promise<readonly IntensityRecord[]> {
  const whole = { startSeconds: Math.ceil(range.startSeconds), endSeconds: Math.ceil(range.endSeconds) };
  const body = {
    query: { bool: { filter: [...averageOf(zone, factorType), startsIn(whole)] } },
    sort: ['timestamp', 'source'],
  };
  const found: IntensityRecord[] = [];
  for await (const page of pagesOf(requests, [names.of(INDEX)], body)) {
    found.push(...page.map(({ source }) => intensityOf(source)));
  }
  return found;
}

/** The newest average value at or before an instant that is no forecast; of two, one that is not estimated. */
export async function readLatestIntensity(
  { requests, names }: Store,
  zone: string,
  factorType: FactorType,
  atSeconds: EpochSeconds,
): Promise<IntensityRecord | null> {
  const until: Query = { range: { timestamp: { lte: isoOf(atSeconds) } } };
  const body = {
    query: { bool: { filter: [...averageOf(zone, factorType), { term: { is_forecast: false } }, until] } },
    sort: [{ timestamp: 'desc' as const }, { is_estimated: 'asc' as const }, { source: 'asc' as const }],
    size: 1,
    track_total_hits: false,
  };
  const [hit] = (await requests.search([names.of(INDEX)], body)).hits.hits;
  return hit === undefined ? null : intensityOf(hit._source);
}

/** Removes values that are older than they are kept. */
export async function pruneIntensities(
  { requests, names }: Store,
  nowSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<void> {
  const before = (days: number): Query => ({ range: { timestamp: { lt: isoOf(nowSeconds - days * DAY) } } });
  const oldForecast: Query = { bool: { filter: [{ term: { is_forecast: true } }, before(INTENSITY_DAYS.forecast)] } };
  const query: Query = { bool: { should: [before(INTENSITY_DAYS.known), oldForecast], minimum_should_match: 1 } };
  await deleteMatching(requests, [names.of(INDEX)], query, (operations) => bulk(requests, operations), signal);
}
