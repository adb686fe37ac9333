import type * as z from 'zod';
import type { GridHistory, GridHistoryInput, GridZones, GridZonesInput } from '../../contract/schemas/grid.ts';
import { meanIntensity } from '../../core/carbon/operational.ts';
import type { GridIntensitySource } from '../../core/ports/coefficient-sources.ts';
import type { BreakdownItem } from '../../core/ports/results-store.ts';
import { PROVIDERS } from '../../model/cluster.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { NodeSnapshot } from '../../model/results.ts';
import { zoneFeedState } from '../grid/feed-state.ts';
import { FEED_NAMES, type FeedId } from '../grid/grid-feeds.ts';
import { zoneForecast, zoneHistory } from '../grid/grid-outlook.ts';
import { toPeriod } from '../ranges/instants.ts';
import { resolveRange } from '../ranges/resolve-range.ts';
import type { ApiDeps } from './deps.ts';
import { cleanHoursOf, feedStateOf, gridValueOf, pointOf, zoneOfKey } from './grid-wire.ts';
import { type Scope, scopeOf } from './scope.ts';

type ZoneSummary = z.infer<typeof GridZones>['zones'][number];
const MOST_ZONES = 200;
const LONGEST_HISTORY_SECONDS = 400 * 86_400;

/** Each zone that nodes of the range are in, most carbon first. */
export async function gridZones(
  input: z.infer<typeof GridZonesInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof GridZones>> {
  const scope = await scopeOf(input, '24h', deps);
  const { filter, range } = scope;
  const page = { sort: 'co2e', descending: true, limit: MOST_ZONES, offset: 0, search: null } as const;
  const [nodes, figures, tables, names] = await Promise.all([
    deps.store.nodes(filter.clusterIds, range),
    deps.store.breakdown({ filter, range, by: 'zone', ...page }, signal),
    deps.tableGrid(),
    deps.zoneNames(),
  ]);
  const byZone = new Map(figures.items.map((item) => [item.group.key, item]));
  const keys = [...new Set([...byZone.keys(), ...nodes.map((node) => node.emapsZone)])];
  const zones = keys.map((zone) => {
    const ofZone = nodes.filter((node) => node.emapsZone === zone);
    return summaryOf({ zone, nodes: ofZone, figures: byZone.get(zone) ?? null, scope, tables, names }, deps);
  });
  return { period: toPeriod(range), zones: await Promise.all(zones) };
}

export async function gridHistory(
  input: z.infer<typeof GridHistoryInput>,
  deps: ApiDeps,
): Promise<z.infer<typeof GridHistory>> {
  const { zone: key, ...asked } = input;
  const nowSeconds = deps.clock.nowSeconds();
  const { range } = resolveRange(asked, '24h', nowSeconds);
  if (range.endSeconds - range.startSeconds > LONGEST_HISTORY_SECONDS) {
    throw new Failure('bad-input', 'The history of a zone is answered for 400 days at most: choose a shorter range');
  }
  const { liveGrid: live, sourceChoices } = deps;
  const settings = sourceChoices.value;
  const isInUse = (await live.zonesInUse()).includes(key);
  const outlook = { live, tables: await deps.tableGrid(), factorType: settings.factorType, isInUse, nowSeconds };
  const zone = zoneOfKey(key);
  const points = await zoneHistory(zone, range, outlook);
  const forecast = await zoneForecast(zone, outlook);
  return {
    zone: key,
    period: toPeriod(range),
    points: points.map(pointOf),
    forecast: forecast.points.map(pointOf),
    forecast_from: forecast.from,
    clean_hours: forecast.cleanHours.map(cleanHoursOf),
    feed: feedStateOf(zoneFeedState(live, key, settings)),
  };
}

interface ZoneFacts {
  readonly zone: string;
  readonly nodes: readonly NodeSnapshot[];
  /** Null where no row of the range is in it. */
  readonly figures: BreakdownItem | null;
  readonly scope: Scope;
  readonly tables: GridIntensitySource;
  readonly names: ReadonlyMap<string, string>;
}

async function summaryOf(facts: ZoneFacts, deps: ApiDeps): Promise<ZoneSummary> {
  const { zone, nodes, figures, scope, tables, names } = facts;
  const { countryCode } = zoneOfKey(zone);
  const clusterIds = new Set(nodes.map((node) => node.clusterId));
  const facilityJoules = figures?.pueJoules ?? 0;
  const co2eGrams = figures?.co2eGrams ?? 0;
  const now = await valueNow(zone, tables, deps);
  return {
    zone,
    name: names.get(zone) ?? names.get(countryCode ?? '') ?? (zone === 'WORLD' ? 'World' : zone),
    country: countryCode,
    found_by: await foundBy(zone, nodes, tables),
    clusters: scope.clusters.filter(({ id }) => clusterIds.has(id)).map(({ id, name }) => ({ id, name })),
    node_count: new Set(nodes.map((node) => `${node.clusterId} ${node.name}`)).size,
    factor_type: now.factorType,
    now: gridValueOf(now, publisherOf(now, zone, deps)),
    mean: figures === null ? null : meanIntensity(figures),
    co2e_grams: co2eGrams,
    facility_energy_joules: facilityJoules,
    feed: feedStateOf(zoneFeedState(deps.liveGrid, zone, deps.sourceChoices.value)),
  };
}

async function valueNow(zone: string, tables: GridIntensitySource, deps: ApiDeps): Promise<IntensityValue> {
  const nowSeconds = deps.clock.nowSeconds();
  const published = await deps.liveGrid.published(zone, deps.sourceChoices.value.factorType, nowSeconds);
  return published ?? (await tables.intensityFor(zoneOfKey(zone), nowSeconds));
}

/** Who published the value, by the feed that serves the zone now. */
function publisherOf(value: IntensityValue, zone: string, deps: ApiDeps): string {
  if (value.source !== 'live' && value.source !== 'estimated') return 'bundled tables';
  const { id } = zoneFeedState(deps.liveGrid, zone, deps.sourceChoices.value);
  return id === 'tables' ? 'archive' : FEED_NAMES[id satisfies FeedId];
}

/** Where the tables would not put these nodes by their place, a person did. */
async function foundBy(
  zone: string,
  nodes: readonly NodeSnapshot[],
  tables: GridIntensitySource,
): Promise<ZoneSummary['found_by']> {
  if (zone === 'WORLD') return 'unknown';
  const [node] = nodes;
  if (node === undefined) return 'region';
  const found = await tables.zoneFor(describe(node));
  return found.zone === zone ? found.foundBy : 'person';
}

/** As much of a node as its snapshot tells; labels are not among it. */
function describe(node: NodeSnapshot): NodeDescription {
  const { name, instanceType, region, zone, architecture, os, cpuCapacityMillicores, memoryCapacityBytes } = node;
  return {
    ...{ name, instanceType, region, zone, architecture, os, cpuCapacityMillicores, memoryCapacityBytes },
    provider: PROVIDERS.find((provider) => provider === node.provider) ?? 'unknown',
    cpuAllocatableMillicores: cpuCapacityMillicores,
    memoryAllocatableBytes: memoryCapacityBytes,
    ...{ uid: null, providerId: null, gpuCount: 0, ready: true, createdAtSeconds: null, addresses: [], labels: {} },
  };
}
