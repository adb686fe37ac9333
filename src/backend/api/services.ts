import type * as z from 'zod';
import type { ServiceHealth, Services } from '../../contract/schemas/short-totals.ts';
import type { SourceState } from '../../contract/schemas/sources.ts';
import type { Health } from '../../contract/schemas/system.ts';
import type { ApiDeps } from './deps.ts';
import { sourceStates } from './sources.ts';
import { health } from './system.ts';

type Service = z.infer<typeof ServiceHealth>;

/** Worst first. */
const BY_WEIGHT: readonly Service['status'][] = ['unreachable', 'degraded', 'healthy', 'unconfigured'];

const OF_SOURCES: Readonly<Record<Health['sources'][number]['state'], Service['status']>> = {
  ok: 'healthy',
  partial: 'degraded',
  failed: 'unreachable',
  off: 'unconfigured',
  unknown: 'unconfigured',
};

const OF_OUTSIDE: Readonly<Record<SourceState['state'], Service['status']>> = {
  working: 'healthy',
  waiting: 'degraded',
  failed: 'unreachable',
  'not-set-up': 'unconfigured',
  offline: 'unconfigured',
};

/** The store, the sources of each cluster and those outside, one line a name: of several clusters the worst. */
export async function services(deps: ApiDeps): Promise<z.infer<typeof Services>> {
  const { status, sources, version } = await health(deps);
  const outside = sourceStates(deps);
  const byName = new Map<string, Service>();
  for (const service of [...sources.map(ofSource), ...outside.sources.map(ofOutside)]) {
    const known = byName.get(service.name);
    if (known === undefined || weightOf(service) < weightOf(known)) byName.set(service.name, service);
  }
  const isStoreAway = byName.get('store')?.status === 'unreachable';
  return {
    status: isStoreAway ? 'error' : status === 'healthy' ? 'ok' : 'degraded',
    version,
    services: Object.fromEntries(byName),
  };
}

function weightOf({ status }: Service): number {
  return BY_WEIGHT.indexOf(status);
}

function ofSource(source: Health['sources'][number]): Service {
  const { name, detail, hint, cluster_id, checked_at, last_good_at } = source;
  return {
    name,
    status: OF_SOURCES[source.state],
    message: detail,
    hint,
    cluster_id,
    last_check: checked_at,
    last_good_at,
  };
}

function ofOutside(source: SourceState): Service {
  const { id, message, hint, cluster, last_good_at } = source;
  return {
    name: id,
    status: OF_OUTSIDE[source.state],
    message: message ?? '',
    hint,
    cluster_id: cluster,
    last_check: null,
    last_good_at,
  };
}
