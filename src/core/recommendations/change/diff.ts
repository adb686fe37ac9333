import type { Change } from '../../../model/recommendations/change.ts';
import type { ContainerResources, WorkloadSpec } from '../../../model/scheduling.ts';
import { cpuQuantity, memoryQuantity } from '../quantities.ts';
import { autoscalerManifest } from './autoscaler-manifest.ts';
import { downtimeOf } from './downtime.ts';
import { type ContainerChange, containerChanges, deedOf, type WorkloadChange } from './workload-change.ts';
import { toYaml } from './yaml.ts';

type Line = Change['diff'][number];

/** Lines of the manifest, those that change before and after. */
export function diffLines(change: WorkloadChange): Line[] {
  const { spec, deeds } = change;
  if (deedOf(deeds, 'delete') !== null) return [minus(`kind: ${spec.kind}`), minus(`name: ${spec.name}`)];
  const sleep = deedOf(deeds, 'sleep');
  const reschedule = deedOf(deeds, 'reschedule');
  const autoscale = deedOf(deeds, 'autoscale');
  return [
    ...(sleep === null ? [] : [plus(`downscaler/downtime: ${downtimeOf(sleep.periods, sleep.timeZone)}`)]),
    ...(deedOf(deeds, 'scaleToZero') === null ? [] : offLines(spec)),
    ...(reschedule === null ? [] : changed('schedule', spec.schedule, reschedule.schedule)),
    ...containerChanges(change).flatMap(containerLines),
    ...(autoscale === null ? [] : toYaml(autoscalerManifest(spec, autoscale)).trimEnd().split('\n').map(plus)),
  ];
}

function offLines(spec: WorkloadSpec): Line[] {
  return spec.kind === 'CronJob'
    ? changed('suspend', 'false', 'true')
    : changed('replicas', spec.replicas === null ? null : String(spec.replicas), '0');
}

function containerLines({ before, after }: ContainerChange): Line[] {
  const requests = [
    ...valueLines('cpu', before, after, 'cpuRequestMillicores', cpuQuantity),
    ...valueLines('memory', before, after, 'memoryRequestBytes', memoryQuantity),
  ];
  const limits = [
    ...valueLines('cpu', before, after, 'cpuLimitMillicores', cpuQuantity),
    ...valueLines('memory', before, after, 'memoryLimitBytes', memoryQuantity),
  ];
  return [
    same(`- name: ${before.name}`),
    same('  resources:'),
    ...(requests.length === 0 ? [] : [same('    requests:'), ...requests]),
    ...(limits.length === 0 ? [] : [same('    limits:'), ...limits]),
  ];
}

type Field = Exclude<keyof ContainerResources, 'name' | 'isSidecar'>;

function valueLines(
  key: string,
  before: ContainerResources,
  after: ContainerResources,
  field: Field,
  say: (value: number) => string,
): Line[] {
  const was = before[field];
  const is = after[field];
  return changed(`      ${key}`, was === null ? null : say(was), is === null ? null : say(is));
}

function changed(key: string, before: string | null, after: string | null): Line[] {
  if (before === after) return before === null ? [] : [same(`${key}: ${before}`)];
  return [
    ...(before === null ? [] : [minus(`${key}: ${before}`)]),
    ...(after === null ? [] : [plus(`${key}: ${after}`)]),
  ];
}

const same = (text: string): Line => ({ sign: ' ', text });
const minus = (text: string): Line => ({ sign: '-', text });
const plus = (text: string): Line => ({ sign: '+', text });
