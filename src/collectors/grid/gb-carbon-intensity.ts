import * as z from 'zod';
import type { Clock } from '../../core/ports/clock.ts';
import type { GridFeed } from '../../core/ports/grid-feed.ts';
import type { Transport } from '../../core/ports/transport.ts';
import type { IntensityRecord } from '../../model/grid.ts';
import { ceilTo, floorTo, type TimeRange } from '../../model/time.ts';
import { askJson } from './ask-json.ts';
import { isoOf, secondsOf } from './instants.ts';

const HALF_HOUR = 1800;
const HOUR = 3600;
/** The API takes at most 14 days a request. */
const LONGEST_RANGE_SECONDS = 14 * 86_400;
/** `latest` goes back that far, so that values which were estimates an hour ago are replaced. */
const LATEST_SECONDS = 86_400;
const ID = 'gb-carbon-intensity';
const NAME = 'The Carbon Intensity API of Great Britain';

const HalfHours = z.object({
  data: z.array(
    z.object({
      from: z.string(),
      intensity: z.object({
        forecast: z.number().nonnegative().nullable(),
        actual: z.number().nonnegative().nullish(),
      }),
    }),
  ),
});
type HalfHour = z.infer<typeof HalfHours>['data'][number];

/**
 * Carbon Intensity API of the National Energy System Operator: half hours of Great Britain, direct (operational)
 * emissions, no key, CC-BY-4.0. Hours here are the mean of their two halves. Source: carbonintensity.org.uk.
 */
export function gbCarbonIntensity(transport: Transport, clock: Clock): GridFeed {
  const ask = async (path: string, signal: AbortSignal) =>
    (await askJson(transport, { name: NAME, path, parameters: {}, schema: HalfHours, signal }))?.data ?? [];
  return {
    id: ID,
    name: NAME,
    factorTypes: ['direct'],
    covers: (zone) => zone === 'GB',
    async latest(zone, factorType, signal) {
      if (factorType !== 'direct') return [];
      // The running half hour has a forecast at once and its actual value only later: a day back, all has settled.
      const nowSeconds = clock.nowSeconds();
      const end = floorTo(nowSeconds, HOUR) + HOUR;
      const path = `/intensity/${minuteOf(end - LATEST_SECONDS + 60)}/${minuteOf(end)}`;
      const records = hoursOf(zone, await ask(path, signal), false);
      return records.filter(({ startSeconds }) => startSeconds <= nowSeconds);
    },
    async past(zone, range, factorType, signal) {
      if (factorType !== 'direct') return [];
      const records: IntensityRecord[] = [];
      for (const part of partsOf(range)) {
        // An answer begins with the half hour that holds `from`, and `from` means the end of the one before.
        const path = `/intensity/${minuteOf(part.startSeconds + 60)}/${minuteOf(part.endSeconds)}`;
        records.push(...hoursOf(zone, await ask(path, signal), false));
      }
      return records.filter(
        ({ startSeconds }) => startSeconds >= range.startSeconds && startSeconds < range.endSeconds,
      );
    },
    async forecast(zone, factorType, signal) {
      if (factorType !== 'direct') return [];
      const from = minuteOf(floorTo(clock.nowSeconds(), HALF_HOUR) + 60);
      return hoursOf(zone, await ask(`/intensity/${from}/fw48h`, signal), true);
    },
  };
}

/** Whole hours: the mean of two half hours; one that has a half missing, or no value in it, is left out. */
function hoursOf(zone: string, halves: readonly HalfHour[], isForecast: boolean): IntensityRecord[] {
  const hours = new Map<number, { grams: number; isEstimated: boolean }[]>();
  for (const half of halves) {
    const at = secondsOf(half.from);
    const actual = half.intensity.actual ?? null;
    const grams = isForecast ? half.intensity.forecast : (actual ?? half.intensity.forecast);
    if (at === null || grams === null) continue;
    const start = floorTo(at, HOUR);
    hours.set(start, [...(hours.get(start) ?? []), { grams, isEstimated: !isForecast && actual === null }]);
  }
  return [...hours].flatMap(([startSeconds, parts]) => {
    if (parts.length < 2) return [];
    return [
      {
        zone,
        startSeconds,
        durationSeconds: HOUR,
        gramsPerKwh: parts.reduce((sum, part) => sum + part.grams, 0) / parts.length,
        kind: 'average' as const,
        factorType: 'direct' as const,
        isEstimated: parts.some((part) => part.isEstimated),
        isForecast,
        source: ID,
      },
    ];
  });
}

function minuteOf(seconds: number): string {
  return `${isoOf(seconds).slice(0, 16)}Z`;
}

function partsOf(range: TimeRange): TimeRange[] {
  const end = ceilTo(range.endSeconds, HOUR);
  const parts: TimeRange[] = [];
  for (let start = floorTo(range.startSeconds, HOUR); start < end; start += LONGEST_RANGE_SECONDS) {
    parts.push({ startSeconds: start, endSeconds: Math.min(start + LONGEST_RANGE_SECONDS, end) });
  }
  return parts;
}
