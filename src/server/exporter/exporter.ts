import type { ClusterItem } from '../../contract/schemas/contexts.ts';
import { Cached } from './cached.ts';
import { type ClusterDay, clusterDayFamilies, clusterFamilies } from './cluster-families.ts';
import type { ExporterClient, HourRange } from './exporter-client.ts';
import { exposition, type Family } from './exposition.ts';
import { healthFamilies } from './health-families.ts';
import { HourCounters } from './hour-counters.ts';
import { lastDay, toSeconds } from './hours.ts';
import { namespaceUsage } from './namespace-usage.ts';
import { readRecommendations, recommendationFamilies } from './recommendation-families.ts';
import { scoreFamilies } from './score-families.ts';
import { type ClusterNames, counterFamilies, dayFamilies } from './usage-families.ts';

/** Whoever scrapes more often gets the same answer. */
export const SHORTEST_PACE_MILLISECONDS = 15_000;
/** Whole hours change once an hour; recommendations and scores are analysed every few hours. */
const SLOW_PACE_MILLISECONDS = 60_000;

export interface ExporterDeps {
  readonly client: ExporterClient;
  readonly version: string;
  nowMilliseconds(): number;
  /** Told of each part that could not be read. */
  onProblem(part: string, error: unknown): void;
}

type Part = 'clusters' | 'energy' | 'days' | 'score' | 'recommendations' | 'health';

/** The exposition of everything that Podwatt knows in sum; answers in any case, with what can be read. */
export class Exporter {
  readonly #deps: ExporterDeps;
  readonly #counters: HourCounters;
  readonly #startedSeconds: number;
  readonly #text: Cached<string>;
  readonly #slow = new Map<Part, Cached<Family[]>>();
  /** What the slow parts are read for; newer by the time that they are read again. */
  #clusters: readonly ClusterItem[] = [];

  constructor(deps: ExporterDeps) {
    this.#deps = deps;
    this.#counters = new HourCounters(deps.client);
    this.#startedSeconds = deps.nowMilliseconds() / 1000;
    this.#text = new Cached(() => this.#read(), SHORTEST_PACE_MILLISECONDS, deps.nowMilliseconds);
  }

  render(): Promise<string> {
    return this.#text.get();
  }

  async #read(): Promise<string> {
    const { client } = this.#deps;
    const up = new Map<Part, boolean>();
    const part = async (name: Part, read: () => Promise<Family[]>): Promise<Family[]> => {
      try {
        const families = await read();
        up.set(name, true);
        return families;
      } catch (error) {
        up.set(name, false);
        this.#deps.onProblem(name, error);
        return [];
      }
    };
    const families = await part('clusters', () => this.#readClusters());
    const slowParts: readonly [Part, () => Promise<Family[]>][] = [
      ['energy', () => this.#readEnergy()],
      ['days', () => this.#readDays()],
      ['score', async () => scoreFamilies(await client.score.get({}))],
      ['recommendations', () => this.#readRecommendations()],
    ];
    for (const [name, read] of slowParts) {
      // Without the clusters nothing else of the store can be read, or told apart.
      if (up.get('clusters') === false) up.set(name, false);
      else families.push(...(await part(name, () => this.#slowly(name, read))));
    }
    families.push(...(await part('health', async () => healthFamilies(await client.system.health(), this.#names()))));
    return exposition([...(await this.#ownFamilies(up)), ...families]);
  }

  #slowly(name: Part, read: () => Promise<Family[]>): Promise<Family[]> {
    const known = this.#slow.get(name);
    const cached = known ?? new Cached(read, SLOW_PACE_MILLISECONDS, this.#deps.nowMilliseconds);
    if (known === undefined) this.#slow.set(name, cached);
    return cached.get();
  }

  async #readClusters(): Promise<Family[]> {
    this.#clusters = [];
    this.#clusters = (await this.#deps.client.clusters.list()).clusters;
    return clusterFamilies(this.#clusters);
  }

  #names(): ClusterNames {
    return new Map(this.#clusters.map(({ id, name, currency }) => [id, { cluster: id, cluster_name: name, currency }]));
  }

  #lastDay(): HourRange {
    return lastDay(this.#deps.nowMilliseconds() / 1000);
  }

  async #readEnergy(): Promise<Family[]> {
    const day = await namespaceUsage(this.#deps.client, this.#lastDay());
    const counted = await this.#counters.advance(this.#deps.nowMilliseconds() / 1000, day);
    const names = this.#names();
    this.#counters.keepClusters(new Set(names.keys()));
    const end: Family = {
      name: 'podwatt_figures_end_timestamp_seconds',
      help: 'End of the 24 whole hours that the figures of a day are of, Unix time.',
      type: 'gauge',
      samples: [{ labels: {}, value: toSeconds(this.#lastDay().end) }],
    };
    return [end, ...dayFamilies(day, names), ...counterFamilies(counted, names)];
  }

  async #readDays(): Promise<Family[]> {
    const { clusters, metrics } = this.#deps.client;
    const days: ClusterDay[] = [];
    for (const { id: cluster } of this.#clusters) {
      const summary = await metrics.summary({ ...this.#lastDay(), cluster });
      const windows = { whole: 0, partial: 0, 'no-data': 0 };
      for (const { state } of (await clusters.runs({ cluster, last: '24h' })).runs) windows[state] += 1;
      days.push({ cluster, summary, windows });
    }
    return clusterDayFamilies(days, this.#names());
  }

  async #readRecommendations(): Promise<Family[]> {
    const all = [];
    for (const { id } of this.#clusters) all.push(await readRecommendations(this.#deps.client, id));
    return recommendationFamilies(all, this.#names());
  }

  async #ownFamilies(up: ReadonlyMap<Part, boolean>): Promise<Family[]> {
    const { version, client } = this.#deps;
    const calculation = await client.system.config().then(
      (config) => config.calculation_version,
      () => '',
    );
    return [
      {
        name: 'podwatt_up',
        help: '1 where a part of what is exported could be read, 0 where it could not: its values are left out then.',
        type: 'gauge',
        samples: [...up].map(([part, isUp]) => ({ labels: { part }, value: isUp ? 1 : 0 })),
      },
      {
        name: 'podwatt_build_info',
        help: 'Versions of Podwatt and of its calculation; always 1.',
        type: 'gauge',
        samples: [{ labels: { version, calculation_version: calculation }, value: 1 }],
      },
      {
        name: 'podwatt_start_time_seconds',
        help: 'When this Podwatt started, Unix time.',
        type: 'gauge',
        samples: [{ labels: {}, value: this.#startedSeconds }],
      },
    ];
  }
}
