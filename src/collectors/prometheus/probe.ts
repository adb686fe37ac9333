import type { Clock } from '../../core/ports/clock.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { floorTo } from '../../model/time.ts';
import { energySeries, namesThere } from './energy-series.ts';
import type { Select } from './matchers.ts';
import { intervalOfTargets } from './node-times.ts';
import type { BuildInfo, QueryClient } from './query-client.ts';
import { inParallel } from './read-context.ts';
import { CPU_COUNTER, sampleTimes } from './usage-queries.ts';

export interface PrometheusProbe {
  readonly version: string | null;
  /** `prometheus`, `thanos`, `victoriametrics`, `mimir`, `cortex`, or `unknown`. */
  readonly flavour: string;
  readonly scrapeIntervalSeconds: number | null;
  /** Oldest container sample, to a quarter of an hour, at most 92 days back. */
  readonly oldestSampleSeconds: EpochSeconds | null;
  readonly hasCadvisor: boolean;
  readonly hasNodeExporter: boolean;
  readonly hasKubeStateMetrics: boolean;
  readonly hasKepler: boolean;
  /** `current` from 0.10 on, `legacy` before; the newer one where both run; null without any. */
  readonly keplerVersion: 'current' | 'legacy' | null;
  /** Cards are measured, by DCGM or Kepler. */
  readonly hasGpuMetrics: boolean;
  /** kube-state-metrics tells of volume claims. */
  readonly hasVolumes: boolean;
}

export interface ProbeDeps {
  readonly client: QueryClient;
  readonly select: Select;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const DAY_SECONDS = 86_400;
const COARSE_STEP_SECONDS = DAY_SECONDS / 2;
const FINE_STEP_SECONDS = 900;

export async function probePrometheus(deps: ProbeDeps): Promise<PrometheusProbe> {
  const { client, select, clock, signal } = deps;
  const now = clock.nowSeconds();
  const has =
    (metric: string, ...matchers: string[]) =>
    async (): Promise<boolean> =>
      (await client.instant(`count(${select(metric, ...matchers)})`, now, signal)).length > 0;
  // The first question also tells whether a query API is there at all.
  const hasCadvisor = await has(CPU_COUNTER, 'container!=""')();
  const found = await inParallel<'node' | 'state', boolean>({
    node: has('node_cpu_seconds_total'),
    state: has('kube_pod_info'),
  });
  const counted = await client.instant(namesThere(select), now, signal);
  const energy = energySeries(new Map(counted.map((row) => [row.labels.name ?? '', row.samples[0]?.value ?? 0])));
  const keplerVersion = energy.kepler.current ? 'current' : energy.kepler.legacy ? 'legacy' : null;
  const buildInfo = await client.buildInfo(signal);
  return {
    version: buildInfo?.version ?? null,
    flavour: flavourOf(buildInfo),
    scrapeIntervalSeconds: await scrapeInterval(deps),
    oldestSampleSeconds: await oldestSample(deps),
    hasCadvisor:
      hasCadvisor || (await has(CPU_COUNTER, 'container_name!=""')()) || (await has(CPU_COUNTER, 'image!=""')()),
    hasNodeExporter: found.node,
    hasKubeStateMetrics: found.state,
    hasKepler: keplerVersion !== null,
    keplerVersion,
    hasGpuMetrics: energy.dcgm || energy.keplerGpu,
    hasVolumes: energy.claims,
  };
}

/** By what each server says of its build: VictoriaMetrics names no Go version, Thanos is still at 0.x. */
export function flavourOf(buildInfo: BuildInfo | null): string {
  if (buildInfo === null) return 'unknown';
  const application = (buildInfo.application ?? '').toLowerCase();
  if (application.includes('mimir')) return 'mimir';
  if (application.includes('cortex')) return 'cortex';
  if (buildInfo.goVersion === null || buildInfo.goVersion === '') return 'victoriametrics';
  return (buildInfo.version ?? '').startsWith('0.') ? 'thanos' : 'prometheus';
}

async function scrapeInterval({ client, select, clock, signal }: ProbeDeps): Promise<number | null> {
  const endSeconds = clock.nowSeconds();
  const steps = { startSeconds: endSeconds - 600, endSeconds, stepSeconds: 5 };
  const matchers = ['id="/"', 'container!=""', 'image!=""'];
  for (const matcher of matchers) {
    const interval = intervalOfTargets(await client.range(sampleTimes(select(CPU_COUNTER, matcher)), steps, signal));
    if (interval !== null) return interval;
  }
  return null;
}

/** Steps of half a day over 92 days, then of a quarter of an hour before the oldest one that had samples. */
async function oldestSample({ client, select, clock, signal }: ProbeDeps): Promise<EpochSeconds | null> {
  const now = clock.nowSeconds();
  const query = `count(${select(CPU_COUNTER)})`;
  const oldest = async (startSeconds: number, endSeconds: number, stepSeconds: number): Promise<number | null> => {
    const [series] = await client.range(query, { startSeconds, endSeconds, stepSeconds }, signal);
    return series?.samples[0]?.seconds ?? null;
  };
  const end = floorTo(now, FINE_STEP_SECONDS);
  const coarse = (await oldest(end - 92 * DAY_SECONDS, end, COARSE_STEP_SECONDS)) ?? end;
  return (await oldest(coarse - COARSE_STEP_SECONDS, coarse, FINE_STEP_SECONDS)) ?? null;
}
