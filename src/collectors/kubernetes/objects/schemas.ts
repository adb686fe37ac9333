import { z } from 'zod';
import { list, metadata, podSpec, quantities, text, textMap } from '../inventory/schemas.ts';
import { containerResources, hostPorts, placementFields } from './scheduling-schemas.ts';

/**
 * Kubernetes objects as far as their rows need them. Lenient like the inventory's: what is not named here is dropped on
 * arrival, a field of the wrong form counts as absent; only an object without a name is no object.
 */
const count = z.number().int().nonnegative().optional().catch(undefined);
const part = <Shape extends z.core.$ZodShape>(shape: Shape) => z.object(shape).nullish().catch(null);

const termination = part({
  reason: text,
  exitCode: z.number().catch(0),
  signal: z.number().catch(0),
  finishedAt: text,
});
const containerState = part({ waiting: part({ reason: text }), terminated: termination, running: part({}) });
const containerStatus = z.object({
  name: z.string(),
  image: text,
  ready: z.boolean().catch(false),
  started: z.boolean().nullish().catch(null),
  restartCount: z.number().int().nonnegative().catch(0),
  state: containerState,
  lastState: containerState,
});
export type RawContainerStatus = z.infer<typeof containerStatus>;

const namedContainer = z.object({ name: z.string(), image: text, restartPolicy: text });
const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: text,
  message: text,
  lastTransitionTime: text,
});
export type RawCondition = z.infer<typeof condition>;

export const namespaceObject = z.object({ metadata, status: part({ phase: text }) });

export const nodeObject = z.object({
  metadata,
  spec: part({
    unschedulable: z.boolean().optional().catch(undefined),
    taints: list(z.object({ key: z.string(), value: z.string().nullish().catch(null), effect: z.string() })),
  }),
  status: part({
    capacity: quantities,
    allocatable: quantities,
    conditions: list(condition),
    nodeInfo: part({ kubeletVersion: text, osImage: text }),
  }),
});

export const podObject = z.object({
  metadata: metadata.extend({ deletionTimestamp: text }),
  spec: podSpec
    .extend({
      ...placementFields,
      containers: list(namedContainer.extend({ resources: podSpec.shape.resources, ports: hostPorts })),
      initContainers: list(namedContainer.extend({ resources: podSpec.shape.resources, ports: hostPorts })),
      volumes: list(
        z.object({
          persistentVolumeClaim: z.object({ claimName: z.string() }).optional().catch(undefined),
          hostPath: z.object({ path: z.string() }).optional().catch(undefined),
        }),
      ),
    })
    .nullish()
    .catch(null),
  status: part({
    phase: text,
    reason: text,
    qosClass: text,
    startTime: text,
    conditions: list(condition),
    containerStatuses: list(containerStatus),
    initContainerStatuses: list(containerStatus),
  }),
});
export type RawPodObject = z.infer<typeof podObject>;

const templateContainer = namedContainer.extend({ resources: containerResources });
const template = part({
  spec: part({
    containers: list(templateContainer),
    initContainers: list(templateContainer),
    resources: containerResources,
  }),
});

/** Deployment, StatefulSet, DaemonSet, ReplicaSet, Job and CronJob in one: each uses its own fields. */
export const workloadObject = z.object({
  metadata,
  spec: part({
    replicas: count,
    suspend: z.boolean().optional().catch(undefined),
    completions: count,
    parallelism: count,
    strategy: part({ type: text }),
    updateStrategy: part({ type: text }),
    concurrencyPolicy: text,
    schedule: text,
    timeZone: text,
    template,
    jobTemplate: part({ spec: part({ template }) }),
  }),
  status: part({
    replicas: count,
    readyReplicas: count,
    availableReplicas: count,
    unavailableReplicas: count,
    desiredNumberScheduled: count,
    currentNumberScheduled: count,
    numberReady: count,
    numberAvailable: count,
    numberUnavailable: count,
    active: z
      .union([z.number().int(), z.array(z.unknown())])
      .optional()
      .catch(undefined),
    ready: count,
    succeeded: count,
    failed: count,
    conditions: list(condition),
  }),
});
export type RawWorkload = z.infer<typeof workloadObject>;

export const quotaObject = z.object({ metadata, spec: part({ hard: quantities }), status: part({ hard: quantities }) });

export const secretObject = z.object({ metadata, type: text, data: textMap });
