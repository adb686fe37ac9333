import { chooseRecorded } from '../../core/carbon/choose-recorded.ts';
import type { AppState } from '../../core/ports/app-state.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { GridIntensitySource } from '../../core/ports/coefficient-sources.ts';
import type { IntensityStore } from '../../core/ports/grid-feed.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import { ClusterLoop } from '../scheduler/cluster-loop.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { SourceChoices } from '../settings/source-settings.ts';
import { chooseFeed } from './feed-choice.ts';
import { FeedDesk, type FeedZone } from './feed-desk.ts';
import { ELECTRICITY_MAPS, type GridFeeds } from './grid-feeds.ts';
import { IntensityArchive, KEPT_SECONDS } from './intensity-archive.ts';
import { RequestLimits } from './request-limits.ts';
import { ServedHours } from './served-hours.ts';

const HOUR = 3600;
/** A value serves three hours in all: its own and two after. */
const SERVES_SECONDS = 3 * HOUR;
/** A zone that no figure was computed for in that time is not refreshed. */
const IN_USE_SECONDS = 24 * HOUR;
/** `past-range` of Electricity Maps takes 240 hours a request; both publishers do. */
const SPAN_SECONDS = 240 * HOUR;
/** A new hour is asked for a little after it began, and not by all installations at once. */
const REFRESH_AFTER_SECONDS = 120;
const REFRESH_SPREAD_SECONDS = 600;

export interface LiveGridDeps {
  readonly state: AppState;
  readonly store: IntensityStore;
  readonly choices: SourceChoices;
  readonly feeds: Pick<GridFeeds, 'feed' | 'close'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
  /** Zones that figures are computed for, besides those that this run has served. */
  zonesInUse(): Promise<readonly string[]>;
}

export type FinalListener = (zone: string, range: TimeRange) => void;

export async function createLiveGrid(deps: LiveGridDeps): Promise<LiveGrid> {
  return new LiveGrid(deps, await RequestLimits.open(deps.state, deps.clock, deps.random));
}

/**
 * Published intensities over those of the tables. A figure never waits long for a publisher: it takes the best value
 * that is there, and who listens is told when a better one comes within 72 hours.
 */
export class LiveGrid {
  readonly archive: IntensityArchive;
  readonly desk: FeedDesk;
  readonly limits: RequestLimits;
  readonly #deps: LiveGridDeps;
  readonly #served: ServedHours;
  /** When each zone was last asked for by figures. */
  readonly #zones = new Map<string, EpochSeconds>();
  readonly #listeners = new Set<FinalListener>();
  readonly #loop: ClusterLoop;
  #key: string | null;
  #unfollow: () => void = () => undefined;

  constructor(deps: LiveGridDeps, limits: RequestLimits) {
    const { store, clock, choices, feeds } = deps;
    this.#deps = deps;
    this.limits = limits;
    this.archive = new IntensityArchive(store, clock);
    this.#served = new ServedHours(floorTo(clock.nowSeconds(), HOUR), KEPT_SECONDS);
    this.#key = choices.value.electricityMapsKey;
    this.desk = new FeedDesk({
      ...deps,
      limits,
      isOffline: () => choices.value.offline,
      feed: (id) => feeds.feed(id, choices.value.electricityMapsKey),
      arrived: (of, records) => this.#arrived(of, records),
    });
    this.#loop = new ClusterLoop({ run: () => this.#refreshOnce() }, deps);
  }

  /** Reads the zones in use every hour, and at once after the settings changed. */
  start(): void {
    this.#unfollow = this.#deps.choices.onChange(() => void this.#settingsChanged());
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unfollow();
    await this.desk.stop();
    await this.#loop.stop();
    await this.archive.deliver();
    await this.#deps.feeds.close();
  }

  /** Told of a stretch of the last 72 hours whose figures a better value changes; answers what ends it. */
  onFinal(listener: FinalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts published values over `tables`. Zones stay as the tables find them; nothing throws that they don't. */
  wrap(tables: GridIntensitySource): GridIntensitySource {
    return {
      zoneFor: (node) => tables.zoneFor(node),
      intensityFor: async (zone, atSeconds) => {
        const { factorType } = this.#deps.choices.value;
        this.#zones.set(zone.zone, this.#deps.clock.nowSeconds());
        const value =
          (await this.published(zone.zone, factorType, atSeconds)) ?? (await tables.intensityFor(zone, atSeconds));
        this.#served.note(zone.zone, atSeconds, value, this.#deps.clock.nowSeconds());
        return value;
      },
      directFor: async (zone, atSeconds) =>
        (await this.published(zone.zone, 'direct', atSeconds)) ?? tables.directFor(zone, atSeconds),
    };
  }

  /** The best published value for an instant; asks for it where it is missing and may be asked for. Null: the tables'. */
  async published(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityValue | null> {
    const stored = await this.#near(zone, factorType, atSeconds);
    const hour = floorTo(atSeconds, HOUR);
    const isThere = stored.some((each) => each.startSeconds === hour && !each.isForecast);
    const hasMore = !isThere && (await this.#fetch(zone, factorType, atSeconds));
    return this.choose(hasMore ? await this.#near(zone, factorType, atSeconds) : stored, zone, factorType, atSeconds);
  }

  /** Asks for the hours of the past that no question covered yet. */
  async fetchPast(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<void> {
    const of = this.#feedZone(zone, factorType);
    const nowHour = floorTo(this.#deps.clock.nowSeconds(), HOUR);
    const startSeconds = floorTo(atSeconds, SPAN_SECONDS);
    const span = { startSeconds, endSeconds: Math.min(startSeconds + SPAN_SECONDS, nowHour) };
    if (of === null || span.endSeconds <= span.startSeconds) return;
    await this.desk.ask(of, 'past', span, (feed, signal) => feed.past(zone, span, factorType, signal));
  }

  async fetchForecast(zone: string, factorType: FactorType): Promise<void> {
    const of = this.#feedZone(zone, factorType);
    if (of === null) return;
    // A forecast of the hour that runs must not take the place of its value.
    const soon = (each: IntensityRecord) => each.startSeconds > this.#deps.clock.nowSeconds();
    await this.desk.ask(of, 'forecast', null, async (feed, signal) =>
      (await feed.forecast(zone, factorType, signal)).filter(soon),
    );
  }

  /** Brings the newest values of the zones in use, and final ones of the last days. */
  async refresh(): Promise<void> {
    await this.archive.deliver();
    const { factorType } = this.#deps.choices.value;
    for (const zone of await this.zonesInUse()) {
      const of = this.#feedZone(zone, factorType);
      if (of === null) continue;
      await this.desk.ask(of, 'latest', null, (feed, signal) => feed.latest(zone, factorType, signal));
      await this.#settle(of);
    }
  }

  async #refreshOnce(): Promise<{ atSeconds: EpochSeconds }> {
    await this.refresh();
    const { clock, random } = this.#deps;
    const nextHour = floorTo(clock.nowSeconds(), HOUR) + HOUR;
    return { atSeconds: nextHour + REFRESH_AFTER_SECONDS + Math.floor(random() * REFRESH_SPREAD_SECONDS) };
  }

  async #settingsChanged(): Promise<void> {
    const { electricityMapsKey } = this.#deps.choices.value;
    if (electricityMapsKey !== this.#key) await this.desk.forget(ELECTRICITY_MAPS);
    this.#key = electricityMapsKey;
    this.#loop.wake();
  }

  /** Of this run and of the store. */
  async zonesInUse(): Promise<readonly string[]> {
    const stored = await this.#deps.zonesInUse().catch(() => []);
    const since = this.#deps.clock.nowSeconds() - IN_USE_SECONDS;
    const served = [...this.#zones].filter(([, atSeconds]) => atSeconds >= since).map(([zone]) => zone);
    return [...new Set([...served, ...stored])];
  }

  #feedZone(zone: string, factorType: FactorType): FeedZone | null {
    const { feedId } = chooseFeed(zone, factorType, this.#deps.choices.value);
    return feedId === null ? null : { feedId, zone, factorType };
  }

  /** True where something was asked for, or is under way. */
  async #fetch(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<boolean> {
    const of = this.#feedZone(zone, factorType);
    const nowHour = floorTo(this.#deps.clock.nowSeconds(), HOUR);
    if (of === null || atSeconds >= nowHour + HOUR) return false;
    if (atSeconds >= nowHour) {
      await this.desk.ask(of, 'latest', null, (feed, signal) => feed.latest(zone, factorType, signal));
    } else {
      await this.fetchPast(zone, factorType, atSeconds);
    }
    return true;
  }

  /** Reads the last 72 hours again where an hour of them is missing or was an estimate. */
  async #settle(of: FeedZone): Promise<void> {
    const { zone, factorType } = of;
    const nowHour = floorTo(this.#deps.clock.nowSeconds(), HOUR);
    const span = { startSeconds: nowHour - KEPT_SECONDS, endSeconds: nowHour };
    const records = await this.archive.read(zone, factorType, span);
    const measured = new Set(
      records.filter((each) => !each.isEstimated && !each.isForecast).map((each) => each.startSeconds),
    );
    if (measured.size >= KEPT_SECONDS / HOUR || this.limits.readLately(of.feedId, zone)) return;
    await this.desk.ask(of, 'settle', span, (feed, signal) => feed.past(zone, span, factorType, signal));
  }

  #near(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<readonly IntensityRecord[]> {
    const hour = floorTo(atSeconds, HOUR);
    return this.archive.read(zone, factorType, { startSeconds: hour - SERVES_SECONDS, endSeconds: hour + HOUR });
  }

  /** The feed that serves the zone now comes first among publishers of one hour. */
  choose(
    records: readonly IntensityRecord[],
    zone: string,
    factorType: FactorType,
    atSeconds: EpochSeconds,
  ): IntensityValue | null {
    const { feedId } = chooseFeed(zone, factorType, this.#deps.choices.value);
    const [own, others] = [
      records.filter((each) => each.source === feedId),
      records.filter((each) => each.source !== feedId),
    ];
    return chooseRecorded([...own, ...others], atSeconds);
  }

  async #arrived({ zone, factorType }: FeedZone, records: readonly IntensityRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const now = this.#deps.clock.nowSeconds();
    const starts = records.map((each) => each.startSeconds);
    const range = {
      startSeconds: Math.max(Math.min(...starts), floorTo(now - KEPT_SECONDS, HOUR)),
      endSeconds: Math.min(Math.max(...starts) + SERVES_SECONDS, now),
    };
    const around = { startSeconds: range.startSeconds - SERVES_SECONDS, endSeconds: range.endSeconds };
    const before = await this.archive.read(zone, factorType, around);
    await this.archive.put(records);
    if (factorType !== this.#deps.choices.value.factorType || range.endSeconds <= range.startSeconds) return;
    const after = await this.archive.read(zone, factorType, around);
    const changed = this.#served.changed(
      zone,
      range,
      (at) => this.choose(before, zone, factorType, at),
      (at) => this.choose(after, zone, factorType, at),
    );
    if (changed !== null) this.#tell(zone, changed);
  }

  #tell(zone: string, range: TimeRange): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(zone, range);
      } catch (error) {
        this.#deps.log.warn({ zone, code: asFailure(error).code }, 'A late grid value could not be passed on');
      }
    }
  }
}
