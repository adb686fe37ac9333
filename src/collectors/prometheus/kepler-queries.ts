import { BY_EXPORTER } from './exporter-labels.ts';
import type { Select } from './matchers.ts';

/** Which of a machine's meters counts: never more than one, since the platform holds the package. METHODOLOGY 1.8. */
export type MeterZone = 'platform' | 'package';

/** PromQL over one generation of Kepler for one window length, each to be evaluated at window ends. */
export interface KeplerQueries {
  /** Joules by `zone` (`platform`, `package`, `dram`), `what` (`active`, `idle`) and `source`. */
  nodeJoules(): string;
  /** Joules above idle by `pod_name` and `pod_namespace`. */
  podJoules(zone: MeterZone): string;
  /** What `podJoules` lacks of some pods that begin or end in the window, by label `what`: see `PodEdge`. */
  podEdges(zone: MeterZone, podMatcher: string): string;
  /** Newest sample time of each exporter. */
  times(): string;
}

/**
 * What is to be added to `increase()`, whose edges are guesses. `head`: joules before the first sample of series that
 * begin in the window; `tail`: of a pod that was there before and that Kepler names once more as terminated, all up to
 * its end less its increase; `whole`: the same of a pod that was not there before, of which that is all there is.
 */
export type PodEdge = 'head' | 'tail' | 'whole';

const CURRENT_ZONES = { platform: ['psys'], package: ['package', 'dram'] } as const;
const LEGACY_ZONES = { platform: ['platform'], package: ['package', 'dram'] } as const;
const BY_POD = `pod_name,pod_namespace,${BY_EXPORTER}`;

/**
 * Kepler 0.10 and later. Names and labels: docs/user/metrics.md of github.com/sustainable-computing-io/kepler; zones are
 * those of RAPL, of several sockets under several paths.
 */
export function keplerQueries(select: Select, windowSeconds: number, intervalSeconds: number): KeplerQueries {
  const { range, near, before } = spans(windowSeconds, intervalSeconds);
  const node = (what: string): string =>
    tagged(
      'what',
      what,
      `increase(${select(`kepler_node_cpu_${what}_joules_total`, 'zone=~"psys|package|dram"')}${range})`,
    );
  const pods = (zone: MeterZone, ...matchers: string[]): string =>
    select('kepler_pod_cpu_joules_total', `zone=~"${CURRENT_ZONES[zone].join('|')}"`, ...matchers);
  const byRun = (expression: string): string => `sum by (pod_id,${BY_POD}) (${expression})`;
  return {
    nodeJoules: () => `sum by (zone,what,${BY_EXPORTER}) (${renamedZone(`${node('active')} or ${node('idle')}`)})`,
    // A terminated pod's series stands still: its increase is 0, whatever its value.
    podJoules: (zone) => `sum by (${BY_POD}) (increase(${pods(zone)}${range}))`,
    podEdges(zone, podMatcher) {
      const running = pods(zone, 'state="running"', podMatcher);
      const terminated = pods(zone, 'state="terminated"', podMatcher);
      const ended = byRun(`last_over_time(${terminated}${range}) unless count_over_time(${terminated}${before})`);
      const earlier = byRun(`last_over_time(${running}${before})`);
      const goesOn = byRun(`count_over_time(${running}${near})`);
      const increase = `(${byRun(`increase(${running}${range})`)} or ${ended} * 0)`;
      const head = byRun(headOf(running, { range, near, before }));
      // Less than before: the counter was reset, and its increase is all that is known.
      const upToEnd = [
        tagged('what', 'tail', `${ended} - ${earlier} >= 0`),
        tagged('what', 'whole', `${ended} unless ${earlier}`),
      ].join(' or ');
      const ends = `(${upToEnd}) - ignoring(what) group_left() ${increase} unless ignoring(what) ${goesOn}`;
      return (
        `${tagged('what', 'head', `sum by (${BY_POD}) (${head} unless ${ended})`)} or ` +
        `sum by (what,${BY_POD}) (${ends})`
      );
    },
    times: () => `max by (${BY_EXPORTER}) (timestamp(${select('kepler_node_cpu_active_joules_total')}))`,
  };
}

/**
 * Kepler up to 0.9. Names and labels: pkg/metrics/consts and pkg/metrics/metricfactory of its release-0.7 branch
 * (`kepler_node_<zone>_joules_total{package,instance,mode,source}`,
 * `kepler_container_<zone>_joules_total{container_id,pod_name,container_name,container_namespace,mode,source}`).
 */
export function legacyKeplerQueries(select: Select, windowSeconds: number, intervalSeconds: number): KeplerQueries {
  const { range, near, before } = spans(windowSeconds, intervalSeconds);
  const zones = (names: readonly string[], of: (zone: string) => string): string =>
    names.map((zone) => tagged('zone', zone, of(zone))).join(' or ');
  const node = (zone: string): string => `increase(${select(`kepler_node_${zone}_joules_total`)}${range})`;
  const container = (zone: string, ...matchers: string[]): string =>
    select(`kepler_container_${zone}_joules_total`, 'mode="dynamic"', ...matchers);
  const byPod = (expression: string): string =>
    `sum by (${BY_POD}) (label_replace(${expression},"pod_namespace","$1","container_namespace","(.*)"))`;
  return {
    nodeJoules: () =>
      `sum by (zone,what,source,${BY_EXPORTER}) ` +
      `(label_replace(label_replace(${zones(['platform', 'package', 'dram'], node)}` +
      `,"what","active","mode","dynamic"),"what","idle","mode","idle"))`,
    podJoules: (zone) => byPod(zones(LEGACY_ZONES[zone], (name) => `increase(${container(name)}${range})`)),
    podEdges(zone, podMatcher) {
      const head = (name: string): string => headOf(container(name, podMatcher), { range, near, before });
      return tagged('what', 'head', byPod(zones(LEGACY_ZONES[zone], head)));
    },
    times: () =>
      `max by (${BY_EXPORTER}) (timestamp(${select('kepler_node_package_joules_total')}) or ` +
      `timestamp(${select('kepler_node_platform_joules_total')}))`,
  };
}

/** Value before the first sample of a series that begins in the window; one with a single sample gained nothing yet. */
function headOf(counter: string, { range, near, before }: ReturnType<typeof spans>): string {
  const isNew = `last_over_time(${counter}${range}) unless count_over_time(${counter}${before})`;
  return `(${isNew}) - (increase(${counter}${range}) or last_over_time(${counter}${near}) * 0)`;
}

function renamedZone(expression: string): string {
  return `label_replace(${expression},"zone","platform","zone","psys")`;
}

function tagged(label: string, value: string, expression: string): string {
  return `label_replace(${expression},"${label}","${value}","","")`;
}

function spans(windowSeconds: number, intervalSeconds: number) {
  const nearSeconds = Math.ceil(2.5 * intervalSeconds);
  return {
    range: `[${windowSeconds}s]`,
    near: `[${nearSeconds}s]`,
    before: `[${nearSeconds}s] offset ${windowSeconds}s`,
  };
}
