import { electricityMaps } from '../../collectors/grid/electricity-maps.ts';
import { gbCarbonIntensity } from '../../collectors/grid/gb-carbon-intensity.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { GridFeed } from '../../core/ports/grid-feed.ts';
import type { Transport } from '../../core/ports/transport.ts';
import type { createUrlTransport } from '../../net/url-transport.ts';

export const ELECTRICITY_MAPS = 'electricity-maps';
export const GB_CARBON_INTENSITY = 'gb-carbon-intensity';
export type FeedId = typeof ELECTRICITY_MAPS | typeof GB_CARBON_INTENSITY;

export const FEED_NAMES: Readonly<Record<FeedId, string>> = {
  [ELECTRICITY_MAPS]: 'Electricity Maps',
  [GB_CARBON_INTENSITY]: 'Carbon Intensity API of Great Britain',
};

/** Where publishers answer; a test, or a company with a gateway, names others. */
export interface GridAddresses {
  readonly electricityMaps: string;
  readonly gbCarbonIntensity: string;
}

const GRID_ADDRESSES: GridAddresses = {
  electricityMaps: 'https://api.electricitymaps.com',
  gbCarbonIntensity: 'https://api.carbonintensity.org.uk',
};

export interface GridFeedsDeps {
  readonly clock: Clock;
  readonly addresses?: Partial<GridAddresses>;
  /** Environment whose proxy variables hold. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** True while nothing may be asked: each request then fails before it leaves. */
  readonly isOffline: () => boolean;
  /** Of one request; left out: the feeds' own. */
  readonly timeoutMilliseconds?: number;
}

/** Publishers over this machine's HTTP client; connections are opened at the first question and shared. */
export class GridFeeds {
  readonly #deps: GridFeedsDeps;
  #electricityMaps: { readonly key: string | null; readonly feed: GridFeed } | null = null;
  readonly #transports = new Map<FeedId, Promise<ReturnType<typeof createUrlTransport>>>();

  constructor(deps: GridFeedsDeps) {
    this.#deps = deps;
  }

  /** `key` is of Electricity Maps; the other takes none. */
  async feed(id: FeedId, key: string | null): Promise<GridFeed> {
    const opened = this.#transports.get(id) ?? this.#open(id);
    this.#transports.set(id, opened);
    const transport = this.#limited(await opened);
    if (id === GB_CARBON_INTENSITY) return gbCarbonIntensity(transport, this.#deps.clock);
    // One for each key: it learns what the plan of the key allows.
    if (this.#electricityMaps?.key !== key)
      this.#electricityMaps = { key, feed: electricityMaps(transport, key ?? '', this.#deps.clock) };
    return this.#electricityMaps.feed;
  }

  #limited(transport: Transport): Transport {
    const { timeoutMilliseconds } = this.#deps;
    if (timeoutMilliseconds === undefined) return transport;
    return { ...transport, send: (request) => transport.send({ ...request, timeoutMilliseconds }) };
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#transports.values());
    this.#transports.clear();
    this.#electricityMaps = null;
    await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  }

  async #open(id: FeedId) {
    const { createUrlTransport } = await import('../../net/url-transport.ts');
    const { addresses, env, isOffline } = this.#deps;
    const all = { ...GRID_ADDRESSES, ...addresses };
    return createUrlTransport({
      url: id === ELECTRICITY_MAPS ? all.electricityMaps : all.gbCarbonIntensity,
      auth: { kind: 'none' },
      certificateAuthority: null,
      isOffline,
      ...(env === undefined ? {} : { proxyFromEnv: env }),
    });
  }
}
