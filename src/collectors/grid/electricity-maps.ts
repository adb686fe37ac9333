import * as z from 'zod';
import type { Clock } from '../../core/ports/clock.ts';
import type { GridFeed } from '../../core/ports/grid-feed.ts';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { TimeRange } from '../../model/time.ts';
import { askJson } from './ask-json.ts';
import { isoOf, secondsOf } from './instants.ts';

const HOUR = 3600;
/** `past-range` takes at most this many hours a request. */
const LONGEST_RANGE_SECONDS = 240 * HOUR;
/** `history` goes back that far. */
const HISTORY_SECONDS = 24 * HOUR;
const ID = 'electricity-maps';
const NAME = 'Electricity Maps';

const Value = z.object({
  zone: z.string().optional(),
  carbonIntensity: z.number().nonnegative().nullable(),
  datetime: z.string(),
  isEstimated: z.boolean().nullish(),
  emissionFactorType: z.string().nullish(),
});
const Latest = Value.extend({ zone: z.string() });
const History = z.object({ zone: z.string(), history: z.array(Value) });
const Past = z.object({ zone: z.string(), data: z.array(Value) });
const Forecast = z.object({
  zone: z.string(),
  forecast: z.array(z.object({ carbonIntensity: z.number().nonnegative().nullable(), datetime: z.string() })),
});

/**
 * Electricity Maps API v3: flow-traced hourly averages, lifecycle or direct. Always asks for a zone by name and never
 * lets the service guess one from the caller's address. Source: its public documentation; METHODOLOGY 1.9.
 */
export function electricityMaps(transport: Transport, key: string, clock: Clock): GridFeed {
  const headers = { 'auth-token': key };
  const ask = <T>(
    path: string,
    zone: string,
    factorType: FactorType,
    schema: z.ZodType<T>,
    signal: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ) =>
    askJson(transport, {
      name: NAME,
      path: `/v3/carbon-intensity/${path}`,
      parameters: { zone, emissionFactorType: factorType, shouldUseFallbackCallerLookup: 'false', ...more },
      headers,
      schema,
      signal,
    });
  /** Free plans have the last 24 hours in place of ranges. */
  let hasRanges = true;
  const pastRange = async (zone: string, part: TimeRange, factorType: FactorType, signal: AbortSignal) => {
    const span = { start: isoOf(part.startSeconds), end: isoOf(part.endSeconds) };
    try {
      const answer = hasRanges ? await ask('past-range', zone, factorType, Past, signal, span) : null;
      return answer === null ? [] : recordsOf(zone, factorType, answer.zone, answer.data, false);
    } catch (error) {
      if (!isFailure(error) || error.code !== 'forbidden') throw error;
      hasRanges = false;
      return [];
    }
  };
  const lastDay = async (zone: string, factorType: FactorType, signal: AbortSignal) => {
    const answer = await ask('history', zone, factorType, History, signal);
    return answer === null ? [] : recordsOf(zone, factorType, answer.zone, answer.history, false);
  };
  return {
    id: ID,
    name: NAME,
    factorTypes: ['lifecycle', 'direct'],
    covers: (zone) => /^[A-Z]{2}(-[A-Z0-9-]+)?$/.test(zone),
    async latest(zone, factorType, signal) {
      const answer = await ask('latest', zone, factorType, Latest, signal);
      return answer === null ? [] : recordsOf(zone, factorType, answer.zone, [answer], false);
    },
    async past(zone, range, factorType, signal) {
      const records: IntensityRecord[] = [];
      for (const part of partsOf(range)) records.push(...(await pastRange(zone, part, factorType, signal)));
      const isLately = range.endSeconds > clock.nowSeconds() - HISTORY_SECONDS;
      if (!hasRanges && isLately) records.push(...(await lastDay(zone, factorType, signal)));
      return records.filter(
        ({ startSeconds }) => startSeconds >= range.startSeconds && startSeconds < range.endSeconds,
      );
    },
    async forecast(zone, factorType, signal) {
      const answer = await ask('forecast', zone, factorType, Forecast, signal);
      return answer === null ? [] : recordsOf(zone, factorType, answer.zone, answer.forecast, true);
    },
  };
}

function recordsOf(
  zone: string,
  factorType: FactorType,
  answeredZone: string,
  values: readonly z.infer<typeof Value>[],
  isForecast: boolean,
): IntensityRecord[] {
  // With a zone that it does not know, the service may answer for another one: that value must not be used.
  if (answeredZone !== zone || values.some((value) => value.zone !== undefined && value.zone !== zone))
    throw otherZone(zone, answeredZone);
  return values.flatMap((value) => {
    if (typeof value.emissionFactorType === 'string' && value.emissionFactorType !== factorType) return [];
    const startSeconds = secondsOf(value.datetime);
    if (value.carbonIntensity === null || startSeconds === null) return [];
    return [
      {
        zone,
        startSeconds: Math.floor(startSeconds / HOUR) * HOUR,
        durationSeconds: HOUR,
        gramsPerKwh: value.carbonIntensity,
        kind: 'average' as const,
        factorType,
        isEstimated: value.isEstimated === true,
        isForecast,
        source: ID,
      },
    ];
  });
}

function otherZone(asked: string, answered: string): Failure {
  return new Failure('bad-answer', `${NAME} answered for zone ${answered.slice(0, 20)} where ${asked} was asked for.`, {
    hint: 'The value was not used. Check that the zone is written as on the map of Electricity Maps.',
  });
}

function partsOf(range: TimeRange): TimeRange[] {
  const parts: TimeRange[] = [];
  for (let start = range.startSeconds; start < range.endSeconds; start += LONGEST_RANGE_SECONDS) {
    parts.push({ startSeconds: start, endSeconds: Math.min(start + LONGEST_RANGE_SECONDS, range.endSeconds) });
  }
  return parts;
}
