import { MIXED_CURRENCY } from '../../contract/schemas/primitives.ts';
import type { ResultFilter } from '../../core/ports/results-store.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import { type RangeInput, type ResolvedRange, resolveRange } from '../ranges/resolve-range.ts';
import type { ApiDeps } from './deps.ts';

export interface FilterInput {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  readonly pod?: string | undefined;
  readonly node?: string | undefined;
  readonly team?: string | undefined;
  readonly zone?: string | undefined;
  readonly provider?: string | undefined;
}

/** What a request is about: clusters, filter, aligned range. */
export interface Scope extends ResolvedRange {
  readonly filter: ResultFilter;
  readonly clusters: readonly ClusterRecord[];
  readonly currency: string;
}

export async function scopeOf(input: RangeInput & FilterInput, defaultLast: string, deps: ApiDeps): Promise<Scope> {
  const resolved = resolveRange(input, defaultLast, deps.clock.nowSeconds());
  const all = await deps.store.listClusters();
  const clusters = input.cluster === undefined ? all : all.filter((cluster) => cluster.id === input.cluster);
  if (input.cluster !== undefined && clusters.length === 0) throw unknownCluster(input.cluster);
  return { ...resolved, clusters, currency: currencyOf(clusters), filter: filterOf(input, clusters) };
}

export function unknownCluster(clusterId: string): Failure {
  return new Failure('not-found', `There is no cluster with the id "${clusterId}"`, {
    hint: 'GET /clusters lists the clusters that have results.',
  });
}

function filterOf(input: FilterInput, clusters: readonly ClusterRecord[]): ResultFilter {
  const { namespace, workload, pod, node, team, zone, provider } = input;
  return {
    clusterIds: input.cluster === undefined ? [] : clusters.map((cluster) => cluster.id),
    ...(namespace === undefined ? {} : { namespace }),
    ...(workload === undefined ? {} : { workload }),
    ...(pod === undefined ? {} : { pod }),
    ...(node === undefined ? {} : { node }),
    ...(team === undefined ? {} : { team }),
    ...(zone === undefined ? {} : { zone }),
    ...(provider === undefined ? {} : { provider }),
  };
}

/** ISO 4217 of the clusters' money; `MIXED_CURRENCY` where they differ. */
export function currencyOf(clusters: readonly ClusterRecord[]): string {
  const currencies = new Set(clusters.map((cluster) => cluster.currency));
  const [only] = currencies;
  return currencies.size > 1 ? MIXED_CURRENCY : (only ?? DEFAULT_CURRENCY);
}
