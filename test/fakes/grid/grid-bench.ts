import { GridFeeds } from '../../../src/backend/grid/grid-feeds.ts';
import { createLiveGrid } from '../../../src/backend/grid/live-grid.ts';
import { SealedSecrets } from '../../../src/backend/secrets/secrets.ts';
import { type SourceChange, SourceChoices } from '../../../src/backend/settings/source-settings.ts';
import type { GridIntensitySource } from '../../../src/core/ports/coefficient-sources.ts';
import type { GridFeed } from '../../../src/core/ports/grid-feed.ts';
import type { IntensityValue } from '../../../src/model/coefficients.ts';
import type { IntensityRecord } from '../../../src/model/grid.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import { ManualTime, settle } from '../backend/manual-time.ts';
import { MemoryScience } from '../backend/memory-science.ts';
import { MemoryState } from '../backend/memory-state.ts';
import { type ScriptedAnswer, type SeenRequest, startScriptedService } from './scripted-service.ts';

export const HOUR = 3600;
/** 12:10 UTC on a Tuesday. */
export const NOON = Date.UTC(2026, 2, 10, 12) / 1000;
export const place = (zone: string) => ({ zone, countryCode: zone.slice(0, 2), foundBy: 'region' }) as const;

/** A yearly value for every zone, direct ones for none but GB. */
export const TABLES: GridIntensitySource = {
  zoneFor: async () => place('DE'),
  intensityFor: async ({ zone }) => yearly(zone, 'lifecycle'),
  directFor: async ({ zone }) => (zone === 'GB' ? yearly(zone, 'direct') : null),
};

function yearly(zone: string, factorType: 'lifecycle' | 'direct'): IntensityValue {
  const factor = { low: 0.6, high: 1.5 };
  return { gramsPerKwh: 400, zone, source: 'zone-year', factorType, factor, atSeconds: null };
}

/** Electricity Maps as documented: each hour has a value of its own, so that a test can tell hours apart. */
export function electricityMapsAnswers(grams: (startSeconds: number) => number = gramsOf) {
  const value = (zone: string, startSeconds: number, isEstimated = false) => ({
    zone,
    carbonIntensity: grams(startSeconds),
    datetime: new Date(startSeconds * 1000).toISOString(),
    updatedAt: new Date(startSeconds * 1000).toISOString(),
    emissionFactorType: 'lifecycle',
    isEstimated,
    estimationMethod: isEstimated ? 'TIME_SLICER_AVERAGE' : null,
  });
  return (nowSeconds: number, { path, query }: SeenRequest): ScriptedAnswer => {
    const zone = query.get('zone') ?? 'caller';
    const hour = Math.floor(nowSeconds / HOUR) * HOUR;
    if (path.endsWith('/latest')) return { body: value(zone, hour, true) };
    if (path.endsWith('/forecast')) {
      const forecast = Array.from({ length: 24 }, (_, index) => value(zone, hour + (index + 1) * HOUR));
      return { body: { zone, forecast, updatedAt: new Date(hour * 1000).toISOString() } };
    }
    const [start, end] = [Date.parse(query.get('start') ?? '') / 1000, Date.parse(query.get('end') ?? '') / 1000];
    const data = Array.from({ length: (end - start) / HOUR }, (_, index) => value(zone, start + index * HOUR));
    return { body: { zone, data } };
  };
}

export const gramsOf = (startSeconds: number) => 100 + ((startSeconds / HOUR) % 24);

export interface GridBenchOptions {
  readonly answer?: (request: SeenRequest, nowSeconds: number) => ScriptedAnswer;
  readonly settings?: SourceChange;
  readonly state?: MemoryState;
  readonly store?: MemoryScience;
  readonly timeoutMilliseconds?: number;
  readonly zonesInUse?: readonly string[];
  /** In place of the HTTP client and the scripted publisher. */
  readonly feed?: GridFeed;
}

/** A live grid over the product's own HTTP client and a scripted publisher on this machine. */
export async function gridBench(options: GridBenchOptions = {}) {
  const { state = new MemoryState(), store = new MemoryScience(), zonesInUse = [] } = options;
  const time = new ManualTime(NOON + 600);
  const usual = electricityMapsAnswers();
  const answer = options.answer ?? ((request, now) => usual(now, request));
  const service = await startScriptedService((request) => answer(request, time.nowSeconds()));
  const secrets = new SealedSecrets({ state, key: async () => new Uint8Array(32) });
  const choices = await SourceChoices.open(state, secrets);
  await choices.update({ electricityMapsKey: 'the-key', ...options.settings });
  const logged: { level: string; fields: object | string; message: string | undefined }[] = [];
  const write = (level: string) => (fields: object | string, message?: string) =>
    void logged.push({ level, fields, message });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const { feed } = options;
  const given = feed === undefined ? null : { feed: async () => feed, close: async () => undefined };
  const feeds = new GridFeeds({
    clock: time,
    addresses: { electricityMaps: service.url, gbCarbonIntensity: service.url },
    isOffline: () => choices.value.offline,
    ...(options.timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds: options.timeoutMilliseconds }),
  });
  const live = await createLiveGrid({
    ...{ state, store, choices, feeds: given ?? feeds, clock: time, timers: time, log, random: () => 0 },
    zonesInUse: async () => zonesInUse,
  });
  const finals: { zone: string; range: TimeRange }[] = [];
  live.onFinal((zone, range) => finals.push({ zone, range }));
  return {
    ...{ live, grid: live.wrap(TABLES), store, state, time, service, choices, feeds, logged, finals, log },
    paths: () => service.requests.map(({ path }) => path.split('/').at(-1)),
    warnings: () => logged.filter(({ level }) => level === 'warn').map(({ message }) => message),
    /** Time goes on, and what it set off over HTTP comes to its end. */
    async advance(seconds: number) {
      await time.advance(seconds);
      await live.desk.idle();
      await settle();
    },
    async stop() {
      await live.stop();
      await service.stop();
    },
  };
}
export type GridBench = Awaited<ReturnType<typeof gridBench>>;

export function record(startSeconds: number, more: Partial<IntensityRecord> = {}): IntensityRecord {
  return {
    ...{ zone: 'DE', startSeconds, durationSeconds: HOUR, gramsPerKwh: 200, kind: 'average' as const },
    ...{ factorType: 'lifecycle' as const, isEstimated: false, isForecast: false, source: 'electricity-maps' },
    ...more,
  };
}
