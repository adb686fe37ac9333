import type { Factor } from '../../model/bounds.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import type { IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** Ranges of METHODOLOGY 1.9. */
export const LIVE_FACTOR: Factor = { low: 0.95, high: 1.05 };
export const ESTIMATED_FACTOR: Factor = { low: 0.85, high: 1.15 };

/** A published value serves the hour that it is of and two hours after. Source: METHODOLOGY 1.9. */
const SERVES_AFTER_SECONDS = 2 * 3600;

/**
 * The best of the published values of one zone for an instant: measured of that hour, the publisher's own estimate of it,
 * a value that ended up to two hours before, a forecast of that hour; null where none is near. Marginal values never.
 */
export function chooseRecorded(records: readonly IntensityRecord[], atSeconds: EpochSeconds): IntensityValue | null {
  const average = records.filter((record) => record.kind === 'average');
  const ofThen = average.filter((record) => record.startSeconds <= atSeconds && atSeconds < endOf(record));
  const measured = ofThen.find((record) => !record.isEstimated && !record.isForecast);
  if (measured !== undefined) return intensityOf(measured, 'live', LIVE_FACTOR);
  const estimated = ofThen.find((record) => record.isEstimated && !record.isForecast);
  if (estimated !== undefined) return intensityOf(estimated, 'estimated', ESTIMATED_FACTOR);
  const before = average
    .filter((record) => !record.isForecast && endOf(record) <= atSeconds)
    .filter((record) => atSeconds < endOf(record) + SERVES_AFTER_SECONDS)
    .sort((a, b) => b.startSeconds - a.startSeconds || Number(a.isEstimated) - Number(b.isEstimated))[0];
  // It is of another hour: as far off as an estimate may be, however well it was measured then.
  if (before !== undefined) return intensityOf(before, before.isEstimated ? 'estimated' : 'live', ESTIMATED_FACTOR);
  const forecast = ofThen.find((record) => record.isForecast);
  return forecast === undefined ? null : intensityOf(forecast, 'estimated', ESTIMATED_FACTOR);
}

function endOf(record: IntensityRecord): EpochSeconds {
  return record.startSeconds + record.durationSeconds;
}

function intensityOf(record: IntensityRecord, source: 'live' | 'estimated', factor: Factor): IntensityValue {
  const { gramsPerKwh, zone, factorType, startSeconds } = record;
  return { gramsPerKwh, zone, source, factorType, factor, atSeconds: startSeconds };
}
