import type { WorkloadSpec } from '../../../model/scheduling.ts';
import type { Deed } from '../draft.ts';
import type { YamlValue } from './yaml.ts';

type Autoscale = Extract<Deed, { readonly kind: 'autoscale' }>;

/** A new HorizontalPodAutoscaler of the workload's own name. */
export function autoscalerManifest(spec: WorkloadSpec, deed: Autoscale): { readonly [key: string]: YamlValue } {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: spec.name, namespace: spec.namespace },
    spec: {
      scaleTargetRef: { apiVersion: spec.apiVersion, kind: spec.kind, name: spec.name },
      minReplicas: deed.min,
      maxReplicas: deed.max,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent(deed) } },
        },
      ],
    },
  };
}

export function percent({ cpuShare }: Autoscale): number {
  return Math.round(cpuShare * 100);
}
