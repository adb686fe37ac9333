import type { SeenAutoscaler } from '../../../model/kubernetes/seen.ts';
import { horizontalObject, verticalObject } from './scheduling-schemas.ts';

/** A HorizontalPodAutoscaler (autoscaling/v2). */
export function readHorizontal(raw: unknown): SeenAutoscaler | null {
  const parsed = horizontalObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec } = parsed.data;
  const { namespace } = parsed.data.metadata;
  const metrics = (spec.metrics ?? []).flatMap(({ resource, containerResource }) => {
    const metric = resource ?? containerResource;
    // Only what is measured against the request changes when the request does.
    return metric?.target?.type === 'Utilization' ? (metric.name ?? []) : [];
  });
  return {
    kind: 'Autoscaler',
    namespace,
    name: metadata.name,
    autoscaler: {
      namespace,
      kind: 'horizontal',
      targetKind: spec.scaleTargetRef.kind,
      targetName: spec.scaleTargetRef.name,
      minReplicas: spec.minReplicas ?? 1,
      maxReplicas: spec.maxReplicas ?? null,
      metrics: [...new Set(metrics)],
      mode: null,
    },
  };
}

/** A VerticalPodAutoscaler (autoscaling.k8s.io/v1). */
export function readVertical(raw: unknown): SeenAutoscaler | null {
  const parsed = verticalObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec } = parsed.data;
  const { namespace } = parsed.data.metadata;
  return {
    kind: 'Autoscaler',
    namespace,
    name: metadata.name,
    autoscaler: {
      namespace,
      kind: 'vertical',
      targetKind: spec.targetRef.kind,
      targetName: spec.targetRef.name,
      minReplicas: null,
      maxReplicas: null,
      metrics: [],
      mode: spec.updatePolicy?.updateMode ?? 'Auto',
    },
  };
}
