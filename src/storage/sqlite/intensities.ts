import type Database from 'better-sqlite3';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { isoOf } from '../sql/instants.ts';
import { INTENSITY_COLUMNS, INTENSITY_DAYS, intensityLine, intensityOf, lastOfEach } from '../sql/intensity-line.ts';
import { bindable } from './bindable.ts';

const DAY = 86_400;
const SAME = 'zone = ? AND timestamp = ? AND kind = ? AND factor_type = ? AND source = ?';

/** Puts values in the place of those of the same key; a forecast takes the place of forecasts only. */
export function putIntensities(database: Database.Database, records: readonly IntensityRecord[]): void {
  const isKnown = database.prepare<(string | number)[]>(
    `SELECT 1 FROM carbon_intensity WHERE ${SAME} AND is_forecast = 0`,
  );
  const clear = database.prepare<(string | number)[]>(`DELETE FROM carbon_intensity WHERE ${SAME}`);
  const add = database.prepare<(string | number | null)[]>(
    `INSERT INTO carbon_intensity (${INTENSITY_COLUMNS.join(', ')}) VALUES (${INTENSITY_COLUMNS.map(() => '?').join(', ')})`,
  );
  database
    .transaction(() => {
      for (const record of lastOfEach(records)) {
        const key = [record.zone, isoOf(record.startSeconds), record.kind, record.factorType, record.source];
        if (record.isForecast && isKnown.get(...key) !== undefined) continue;
        clear.run(...key);
        add.run(...bindable(intensityLine(record), INTENSITY_COLUMNS));
      }
    })
    .immediate();
}

interface IntensityQuestion {
  readonly zone: string;
  readonly factorType: FactorType;
  readonly range: TimeRange;
}

/** Average values that start in a range, oldest first. */
export function readIntensities(
  database: Database.Database,
  { zone, factorType, range }: IntensityQuestion,
): readonly IntensityRecord[] {
  return database
    .prepare(
      `SELECT * FROM carbon_intensity WHERE zone = ? AND timestamp >= ? AND timestamp < ? AND kind = 'average'
       AND factor_type = ? ORDER BY timestamp, source`,
    )
    .all(zone, isoOf(Math.ceil(range.startSeconds)), isoOf(Math.ceil(range.endSeconds)), factorType)
    .map(intensityOf);
}

/** The newest average value at or before an instant that is no forecast; of two, one that is not estimated. */
export function readLatestIntensity(
  database: Database.Database,
  { zone, factorType, atSeconds }: { zone: string; factorType: FactorType; atSeconds: EpochSeconds },
): IntensityRecord | null {
  const line = database
    .prepare(
      `SELECT * FROM carbon_intensity WHERE zone = ? AND timestamp <= ? AND kind = 'average' AND factor_type = ?
       AND is_forecast = 0 ORDER BY timestamp DESC, is_estimated, source LIMIT 1`,
    )
    .get(zone, isoOf(atSeconds), factorType);
  return line === undefined ? null : intensityOf(line);
}

/** Removes values that are older than they are kept. */
export function pruneIntensities(database: Database.Database, nowSeconds: EpochSeconds): void {
  database
    .prepare('DELETE FROM carbon_intensity WHERE timestamp < ? OR (timestamp < ? AND is_forecast = 1)')
    .run(isoOf(nowSeconds - INTENSITY_DAYS.known * DAY), isoOf(nowSeconds - INTENSITY_DAYS.forecast * DAY));
}
