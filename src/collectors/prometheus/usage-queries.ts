import { BY_CONTAINER_AND_TARGET, BY_POD_AND_TARGET, BY_TARGET } from './labels.ts';
import type { Select } from './matchers.ts';

export const CPU_COUNTER = 'container_cpu_usage_seconds_total';
export const NODE_CPU_COUNTER = 'node_cpu_seconds_total';
const START_TIME = 'container_start_time_seconds';

/**
 * How a server's cAdvisor series name a container. The pod's own cgroup and the pause container, which repeat or pad
 * what the containers use, match none of the forms.
 */
export interface ContainerForm {
  readonly matchers: readonly string[];
  readonly podLabel: 'pod' | 'pod_name';
}

/** The form of kubelets since 1.16. */
export const FIRST_FORM: ContainerForm = { matchers: ['container!=""', 'container!="POD"'], podLabel: 'pod' };

export const CONTAINER_FORMS: readonly ContainerForm[] = [
  FIRST_FORM,
  { matchers: ['container=""', 'container_name!=""', 'container_name!="POD"'], podLabel: 'pod_name' },
  {
    matchers: [
      'container=""',
      'container_name=""',
      'image!=""',
      'image!~".*/pause[:@].*|pause[:@].*"',
      'name!~"k8s_POD_.*"',
      'pod!=""',
    ],
    podLabel: 'pod',
  },
];

/** A counter of one pod quantity other than CPU. */
export interface PodCounter {
  readonly metric: string;
  readonly kind: 'network' | 'disk';
}

export const POD_COUNTERS = {
  networkReceive: { metric: 'container_network_receive_bytes_total', kind: 'network' },
  networkTransmit: { metric: 'container_network_transmit_bytes_total', kind: 'network' },
  diskRead: { metric: 'container_fs_reads_bytes_total', kind: 'disk' },
  diskWrite: { metric: 'container_fs_writes_bytes_total', kind: 'disk' },
} as const satisfies Record<string, PodCounter>;
export type PodCounterName = keyof typeof POD_COUNTERS;

/** PromQL of one window length, each to be evaluated at window ends. */
export interface UsageQueries {
  podCpuSeconds(): string;
  /** Pods with a container series that begins or ends in the window: `increase()` is not enough for them. */
  edgePods(): string;
  podMemoryBytes(): string;
  podEphemeralBytes(): string;
  podCounter(counter: PodCounter): string;
  /** What `podCounter` lacks for series that begin in the window: their value before the first sample. */
  podCounterHead(counter: PodCounter): string;
  nodeCpuSeconds(): string;
  rootCpuSeconds(): string;
  /** Cores around an instant, to be evaluated one scrape interval after it. */
  nodeCpuRate(): string;
  rootCpuRate(): string;
}

export function usageQueries(
  select: Select,
  form: ContainerForm,
  windowSeconds: number,
  intervalSeconds: number,
): UsageQueries {
  const range = `[${windowSeconds}s]`;
  const near = `[${Math.ceil(2.5 * intervalSeconds)}s]`;
  const step = Math.min(60, Math.max(15, Math.round(intervalSeconds)));
  const cpu = select(CPU_COUNTER, ...form.matchers);
  // Guest time is already inside user and nice.
  const nodeCpu = select(NODE_CPU_COUNTER, 'mode!~"idle|iowait|steal|guest|guest_nice"');
  const rootCpu = select(CPU_COUNTER, 'id="/"');
  const around = `[${2 * Math.ceil(intervalSeconds) + 1}s]`;
  const absentBefore = (counter: string): string =>
    `unless count_over_time(${counter}${near} offset ${windowSeconds}s)`;
  const selectorOf = ({ metric, kind }: PodCounter): string =>
    kind === 'network' ? select(metric, `${form.podLabel}!=""`, 'interface!="lo"') : select(metric, ...form.matchers);
  const summed = (kind: PodCounter['kind'], expression: string): string =>
    kind === 'network'
      ? `sum by (${BY_POD_AND_TARGET}) (max by (interface,${BY_POD_AND_TARGET}) (${expression}))`
      : `sum by (${BY_POD_AND_TARGET}) (${expression})`;

  return {
    podCpuSeconds: () => `sum by (${BY_POD_AND_TARGET}) (increase(${cpu}${range}))`,
    edgePods: () =>
      `count by (${BY_POD_AND_TARGET}) ((count_over_time(${cpu}${range}) ${absentBefore(cpu)}) or ` +
      `(count_over_time(${cpu}${range}) unless count_over_time(${cpu}${near})))`,
    // One container that restarts has two series for a while: the larger of the two stands for it.
    podMemoryBytes: () =>
      `avg_over_time((sum by (${BY_POD_AND_TARGET}) (max by (${BY_CONTAINER_AND_TARGET}) ` +
      `(${select('container_memory_working_set_bytes', ...form.matchers)})))[${windowSeconds}s:${step}s])`,
    podEphemeralBytes: () =>
      `sum by (${BY_POD_AND_TARGET}) (max by (device,${BY_CONTAINER_AND_TARGET}) ` +
      `(avg_over_time(${select('container_fs_usage_bytes', ...form.matchers)}${range})))`,
    podCounter: (counter) => summed(counter.kind, `increase(${selectorOf(counter)}${range})`),
    podCounterHead(counter) {
      const selector = selectorOf(counter);
      const last = `last_over_time(${selector}${range})`;
      return summed(
        counter.kind,
        `(${last} - (increase(${selector}${range}) or ${last} * 0)) ${absentBefore(selector)}`,
      );
    },
    nodeCpuSeconds: () => `sum by (${BY_TARGET}) (increase(${nodeCpu}${range}))`,
    rootCpuSeconds: () => `sum by (${BY_TARGET}) (increase(${rootCpu}${range}))`,
    nodeCpuRate: () => `sum by (${BY_TARGET}) (rate(${nodeCpu}${around}))`,
    rootCpuRate: () => `sum by (${BY_TARGET}) (rate(${rootCpu}${around}))`,
  };
}

/** Newest sample time of each target, to be evaluated in small steps: all sample times. */
export function sampleTimes(selector: string): string {
  return `max by (${BY_TARGET}) (timestamp(${selector}))`;
}

/** Raw samples of some pods; `start` gives when each container began. */
export function rawPodQueries(select: Select, form: ContainerForm, podMatcher: string, rangeSeconds: number) {
  return {
    cpu: `${select(CPU_COUNTER, ...form.matchers, podMatcher)}[${rangeSeconds}s]`,
    start: `last_over_time(${select(START_TIME, ...form.matchers, podMatcher)}[${rangeSeconds}s])`,
  };
}
