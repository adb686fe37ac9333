import { z } from 'zod';
import { list, metadata, quantities, text, textMap } from '../inventory/schemas.ts';

/** What places pods, and what may end or resize them; lenient like the other objects' schemas. */
const part = <Shape extends z.core.$ZodShape>(shape: Shape) => z.object(shape).nullish().catch(null);
const whole = z.number().int().nonnegative().nullish().catch(null);
/** A number of pods, or a share of them in percent. */
const intOrPercent = z.union([z.number(), z.string()]).nullish().catch(null);

const requirement = z.object({ key: z.string(), operator: z.string(), values: list(z.string()) });
const selector = part({ matchLabels: textMap, matchExpressions: list(requirement) });
export type RawSelector = z.infer<typeof selector>;
export type RawRequirement = z.infer<typeof requirement>;

const podTerm = z.object({
  labelSelector: selector,
  namespaces: list(z.string()),
  namespaceSelector: selector,
  topologyKey: z.string(),
});
export type RawPodTerm = z.infer<typeof podTerm>;
const podTerms = part({ requiredDuringSchedulingIgnoredDuringExecution: list(podTerm) });

/** Fields of a pod's spec besides its containers and requests. */
export const placementFields = {
  nodeSelector: textMap,
  affinity: part({
    nodeAffinity: part({
      requiredDuringSchedulingIgnoredDuringExecution: part({
        nodeSelectorTerms: list(z.object({ matchExpressions: list(requirement), matchFields: list(requirement) })),
      }),
    }),
    podAffinity: podTerms,
    podAntiAffinity: podTerms,
  }),
  tolerations: list(z.object({ key: text, operator: text, value: text, effect: text })),
  topologySpreadConstraints: list(
    z.object({
      labelSelector: selector,
      topologyKey: z.string(),
      maxSkew: z.number().int(),
      whenUnsatisfiable: text,
      matchLabelKeys: list(z.string()),
    }),
  ),
};
const placementSpec = z.object(placementFields);
export type RawPlacement = z.infer<typeof placementSpec>;

export const hostPorts = list(z.object({ hostPort: z.number().int().optional().catch(undefined) }));

export const budgetObject = z.object({
  metadata,
  spec: part({ selector, minAvailable: intOrPercent, maxUnavailable: intOrPercent }),
  status: part({ disruptionsAllowed: whole, expectedPods: whole }),
});
export type RawBudget = z.infer<typeof budgetObject>;

const target = z.object({ kind: z.string(), name: z.string() });
const resourceMetric = part({ name: text, target: part({ type: text }) });

export const horizontalObject = z.object({
  metadata,
  spec: z.object({
    scaleTargetRef: target,
    minReplicas: whole,
    maxReplicas: whole,
    metrics: list(z.object({ type: text, resource: resourceMetric, containerResource: resourceMetric })),
  }),
});

export const verticalObject = z.object({
  metadata,
  spec: z.object({ targetRef: target, updatePolicy: part({ updateMode: text }) }),
});

/** Requests and limits of a container in a template. */
export const containerResources = z.object({ requests: quantities, limits: quantities }).nullish().catch(null);
