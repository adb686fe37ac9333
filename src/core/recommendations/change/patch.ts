import type { WorkloadSpec } from '../../../model/scheduling.ts';
import { cpuQuantity, memoryQuantity } from '../quantities.ts';
import { downtimeOf } from './downtime.ts';
import { type ContainerChange, containerChanges, deedOf, type WorkloadChange } from './workload-change.ts';
import type { YamlValue } from './yaml.ts';

type Fields = { readonly [key: string]: YamlValue };

/** What a patch sets beside the names that say what it is for; null where it sets nothing. */
export function patchBody(change: WorkloadChange): Fields | null {
  const { spec, deeds } = change;
  const sleep = deedOf(deeds, 'sleep');
  const reschedule = deedOf(deeds, 'reschedule');
  const containers = podFields(containerChanges(change));
  const inner: Fields = {
    ...(deedOf(deeds, 'scaleToZero') === null ? {} : offField(spec)),
    ...(reschedule === null ? {} : { schedule: reschedule.schedule }),
    ...(containers === null ? {} : templateFields(spec.kind, containers)),
  };
  const body: Fields = {
    ...(sleep === null
      ? {}
      : { metadata: { annotations: { 'downscaler/downtime': downtimeOf(sleep.periods, sleep.timeZone) } } }),
    ...(Object.keys(inner).length === 0 ? {} : { spec: inner }),
  };
  return Object.keys(body).length === 0 ? null : body;
}

/** The patch as a manifest of its own: with kind and names, for kustomize or `kubectl apply`-like tools. */
export function patchManifest(spec: WorkloadSpec, body: Fields): Fields {
  const { metadata, ...rest } = body;
  return { ...headOf(spec, typeof metadata === 'object' ? metadata : {}), ...rest };
}

/** Takes the object away; `$patch: delete` is how a strategic-merge patch says it. */
export function deleteManifest(spec: WorkloadSpec): Fields {
  return { $patch: 'delete', ...headOf(spec, {}) };
}

function headOf({ apiVersion, kind, name, namespace }: WorkloadSpec, metadata: object): Fields {
  return { apiVersion, kind, metadata: { name, namespace, ...metadata } };
}

function offField({ kind }: WorkloadSpec): Fields {
  return kind === 'CronJob' ? { suspend: true } : { replicas: 0 };
}

function templateFields(kind: string, podSpec: Fields): Fields {
  switch (kind) {
    case 'Pod':
      return podSpec;
    case 'CronJob':
      return { jobTemplate: { spec: { template: { spec: podSpec } } } };
    default:
      return { template: { spec: podSpec } };
  }
}

function podFields(changes: readonly ContainerChange[]): Fields | null {
  const main = changes.filter(({ before }) => !before.isSidecar).map(containerFields);
  const sidecars = changes.filter(({ before }) => before.isSidecar).map(containerFields);
  if (main.length + sidecars.length === 0) return null;
  return {
    ...(main.length === 0 ? {} : { containers: main }),
    ...(sidecars.length === 0 ? {} : { initContainers: sidecars }),
  };
}

function containerFields(change: ContainerChange): Fields {
  return { name: change.before.name, resources: changedResources(change) };
}

/** Only what differs. */
export function changedResources({ before, after }: ContainerChange): Fields {
  const differs = (field: keyof typeof after) => after[field] !== before[field];
  const requests: Fields = {
    ...(differs('cpuRequestMillicores') ? { cpu: cpuQuantity(after.cpuRequestMillicores ?? 0) } : {}),
    ...(differs('memoryRequestBytes') ? { memory: memoryQuantity(after.memoryRequestBytes ?? 0) } : {}),
  };
  const limits: Fields = {
    ...(differs('cpuLimitMillicores') ? { cpu: cpuQuantity(after.cpuLimitMillicores ?? 0) } : {}),
    ...(differs('memoryLimitBytes') ? { memory: memoryQuantity(after.memoryLimitBytes ?? 0) } : {}),
  };
  return {
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}
