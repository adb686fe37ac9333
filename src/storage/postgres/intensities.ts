import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { INTENSITY_COLUMNS, INTENSITY_DAYS, intensityLine, intensityOf, lastOfEach } from '../sql/intensity-line.ts';
import { isoColumns } from './iso-columns.ts';
import type { Session } from './session.ts';

const DAY = 86_400;
const TYPES: Readonly<Record<(typeof INTENSITY_COLUMNS)[number], string>> = {
  zone: 'text',
  timestamp: 'timestamptz',
  duration_seconds: 'double precision',
  intensity: 'double precision',
  kind: 'text',
  factor_type: 'text',
  is_estimated: 'boolean',
  is_forecast: 'boolean',
  source: 'text',
};
const KEY = ['zone', 'timestamp', 'kind', 'factor_type', 'source'] as const;
const same = (left: string, right: string): string =>
  KEY.map((column) => `${left}.${column} = ${right}.${column}`).join(' AND ');

// A forecast takes the place of forecasts only. Two that put the same value at once meet in the table's own key.
const PUT = `WITH given AS MATERIALIZED (
    SELECT g.* FROM unnest(${INTENSITY_COLUMNS.map((column, place) => `$${place + 1}::${TYPES[column]}[]`).join(', ')})
      AS g (${INTENSITY_COLUMNS.join(', ')})
    WHERE NOT g.is_forecast OR NOT EXISTS (
      SELECT 1 FROM carbon_intensity c WHERE ${same('c', 'g')} AND NOT c.is_forecast)),
  cleared AS (DELETE FROM carbon_intensity c USING given g WHERE ${same('c', 'g')}
    AND (c.is_estimated, c.is_forecast) IS DISTINCT FROM (g.is_estimated, g.is_forecast))
  INSERT INTO carbon_intensity (${INTENSITY_COLUMNS.join(', ')}) SELECT ${INTENSITY_COLUMNS.join(', ')} FROM given
    ORDER BY ${KEY.join(', ')}
  ON CONFLICT (zone, timestamp, kind, factor_type, is_estimated, is_forecast, source)
    DO UPDATE SET duration_seconds = excluded.duration_seconds, intensity = excluded.intensity`;

/** Puts values in the place of those of the same key; a forecast takes the place of forecasts only. */
export async function putIntensities(session: Session, records: readonly IntensityRecord[]): Promise<void> {
  const lines = lastOfEach(records).map(intensityLine);
  if (lines.length === 0) return;
  await session.query(
    PUT,
    INTENSITY_COLUMNS.map((column) => lines.map((line) => line[column])),
  );
}

const SELECT = `SELECT ${isoColumns(INTENSITY_COLUMNS, new Set(['timestamp']))} FROM carbon_intensity c
  WHERE c.zone = $1 AND c.factor_type = $2 AND c.kind = 'average'`;

/** Average values that start in a range, oldest first. */
export async function readIntensities(
  session: Session,
  zone: string,
  factorType: FactorType,
  { startSeconds, endSeconds }: TimeRange,
): Promise<readonly IntensityRecord[]> {
  const lines = await session.query(
    `${SELECT} AND c.timestamp >= to_timestamp($3) AND c.timestamp < to_timestamp($4) ORDER BY c.timestamp, c.source`,
    [zone, factorType, startSeconds, endSeconds],
  );
  return lines.map(intensityOf);
}

/** The newest average value at or before an instant that is no forecast; of two, one that is not estimated. */
export async function readLatestIntensity(
  session: Session,
  zone: string,
  factorType: FactorType,
  atSeconds: EpochSeconds,
): Promise<IntensityRecord | null> {
  const [line] = await session.query(
    `${SELECT} AND c.timestamp <= to_timestamp($3) AND NOT c.is_forecast
     ORDER BY c.timestamp DESC, c.is_estimated, c.source LIMIT 1`,
    [zone, factorType, atSeconds],
  );
  return line === undefined ? null : intensityOf(line);
}

/** Removes values that are older than they are kept. */
export async function pruneIntensities(session: Session, nowSeconds: EpochSeconds): Promise<void> {
  await session.change(
    'DELETE FROM carbon_intensity WHERE timestamp < to_timestamp($1) OR (timestamp < to_timestamp($2) AND is_forecast)',
    [nowSeconds - INTENSITY_DAYS.known * DAY, nowSeconds - INTENSITY_DAYS.forecast * DAY],
  );
}
